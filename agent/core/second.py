"""The second opinion: where all the words of a message surely speak against what its cues said, the words decide.

`kinds` looks at what single sentences do, `Reading.opinion` at the whole message: it hears most of the mail that no cue foresaw, and is
outvoted by itself where one sentence decides among many. So it opens ears and doors, and does not soften what a cue said plainly: a no,
an offer or a cancellation stays one, but for a no in a letter that promises a day for the answer and sounds like nothing but waiting. The state of the opportunity has the last word, and structure is not asked about at all.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from agent.core.belief import OTHERS, RATHER, SURE, called_for_a_job, heard, ours
from agent.core.decision import HARD, Decision, because
from agent.core.hours import SAME_TIME, names_interview, open_interview, timed_slots
from agent.core.opportunity import Ending, Need, Opportunity
from agent.core.read.reading import LEAST_CHANCE, Act, Evidence, Kind, Opinion, Reading

# How many times likelier another kind must be (usually SURE), by what was decided. Found by trying, on courses that no cue had seen.
OF_UNCLEAR = 4.0
SET_AGAIN = 5.0
ONE_HOUR = 3.0
CALLED_OFF = 15.0
AN_OFFER = 5.0  # where nothing but words of waiting or inviting stands against it
LEAST = 0.5  # nothing less likely is told at all
LEAST_OF_AN_OFFER = 0.8
LEAST_OF_UNCLEAR = 0.5  # where the cues say that nobody can tell
# A kind that cues tell and that is less likely was wrong nearly always: then they are asked once more, without the act that misled.
MISLED = 0.02

SOME = 3.0  # what a cue scores that by itself decides nothing
SOME_NO = 2.0
NOTHING_ELSE = 0.9  # so likely an hour is only asked for, though a cue says that it is fixed
NOTHING_BUT_THANKS = 0.99  # so likely a word of giving up is one of something else
NOTHING_BUT_WAITS, NO_END = 0.98, 0.001  # so likely a letter only waits, and so unlikely an end
SURELY_YES = 0.9  # so likely a yes takes an offer without any cue
PLAINLY = 7.0  # what a cue scores that leaves nothing open
SAID_TWICE = 10.0  # what cues score in all that say the same in two sentences
LONG = 45  # words of a message in which a no need not stand in a sentence of its own
AN_END = 0.3  # so likely a no or an offer is not to be passed over
SURELY_WAITS = 0.9
SLIGHT = 1.0  # what a cue scores that is a suspicion only
ACTS_OF: dict[Kind, tuple[Act, ...]] = {
    Kind.REJECTION: (Act.REJECT, Act.WISH_WELL),
    Kind.OFFER: (Act.OFFER,),
    Kind.INTERVIEW_CANCELLED: (Act.CANCEL,),
    Kind.INTERVIEW_CONFIRMATION: (Act.FIX,),
    Kind.INTERVIEW_INVITATION: (Act.PROPOSE, Act.INVITE),
    Kind.ASSESSMENT_REQUEST: (Act.ASSESS,),
    Kind.INFORMATION_REQUEST: (Act.ASK_INFO,),
    Kind.STATUS_UPDATE: (Act.STATUS,),
    Kind.APPLICATION_RECEIPT: (Act.RECEIPT,),
}
TIMED = frozenset((Kind.INTERVIEW_CONFIRMATION, Kind.INTERVIEW_RESCHEDULED))
TIMETABLE = TIMED | {Kind.INTERVIEW_INVITATION}
WAITING = frozenset((Kind.STATUS_UPDATE, Kind.INTERVIEW_INVITATION))
LETS_STAND = frozenset((Kind.STATUS_UPDATE, Kind.OTHER))
OUTCOMES = (Kind.REJECTION.value, Kind.OFFER.value)
ENDS = frozenset((Kind.REJECTION, Kind.OFFER, Kind.INTERVIEW_CANCELLED))
ANSWERS_OFFER = frozenset((Kind.OFFER_ACCEPTANCE, Kind.OFFER_DECLINE))
BINDING = {Kind.OFFER_ACCEPTANCE: Act.ACCEPT, Kind.WITHDRAWAL: Act.WITHDRAW, Kind.OFFER_DECLINE: Act.DECLINE}
# (decided, told): what only looks like another kind by its words. An hour is moved or called off against the one agreed before, of which
# the words know nothing; an offer begins like a refusal ("our process is completed"), and only it says whose the job is.
NEVER_TURNED_ALONE = frozenset({(Kind.OFFER, Kind.REJECTION)})  # before anything is known, no hour is agreed
NEVER_TURNED = NEVER_TURNED_ALONE | {
    (Kind.INTERVIEW_RESCHEDULED, Kind.INTERVIEW_CONFIRMATION),
    (Kind.INTERVIEW_CANCELLED, Kind.INTERVIEW_CONFIRMATION),
}
ANSWERS = frozenset((Kind.OFFER_ACCEPTANCE, Kind.OFFER_DECLINE, Kind.OTHER))


Judge = Callable[[Reading], Decision]


def asked_again(decision: Decision, reading: Reading, known: Opportunity | None, judge: Judge) -> Decision:
    """What `judge` decides without the acts that misled it; the same decision where nothing did."""
    opinion = heard(reading)
    if opinion is None or decision.kind not in ACTS_OF or chance_of(opinion, decision) >= MISLED:
        return decision
    misled = ACTS_OF[decision.kind]
    again = judge(replace(reading, said=tuple(said for said in reading.said if said.act not in misled)))
    if chance_of(opinion, again) < RATHER or not could_be(again, decision, reading, known):
        return decision
    aside = tuple(replace(e, what=f"set aside: {e.what}") for e in because(reading, *misled))
    return replace(again, why=(*again.why, *aside))


def weighed(decision: Decision, reading: Reading, known: Opportunity | None) -> Decision:
    """The decision, or that of the words where they are so much surer of another; unclear where it would let a nudge stand in doubt."""
    if any(evidence.where == "calendar" for evidence in decision.why):
        return decision
    opinion = heard(reading)
    if opinion is not None:
        decision = turned(decision, opinion, reading, known)
    return in_doubt(decision, reading, known)


def turned(decision: Decision, opinion: Opinion, reading: Reading, known: Opportunity | None) -> Decision:
    """The decision, or that of the words, if what is known here allows it."""
    if reading.sent and known is not None:
        opinion = narrowed(opinion, known)
    kind, unclear, chance = likeliest(opinion)
    same = kind is decision.kind and unclear == decision.unclear
    ratio = chance / max(chance_of(opinion, decision), LEAST_CHANCE)
    least = LEAST_OF_UNCLEAR if decision.unclear else LEAST
    if chance < least or same or ratio < least_ratio(decision, kind, reading, known):
        return decision
    told = Decision(kind, unclear=unclear, why=(evidence(opinion, kind, unclear),))
    if could_be(told, decision, reading, known):
        return told
    misheard = told.kind is Kind.OTHER and decision.kind in TIMETABLE and chance_of(opinion, decision) < MISLED
    if misheard and known is not None and reading.human and not timed_slots(reading):
        # no hour is named, and all its words speak of another matter: who knows (P2)
        return replace(told, unclear=True)
    return decision


def in_doubt(decision: Decision, reading: Reading, known: Opportunity | None) -> Decision:
    """Where a no or an offer is well possible, nothing is told that would let a nudge stand: it is unclear (P2). A suspicion needs fewer
    words than a belief."""
    opinion = reading.opinion
    if opinion is None or known is None or not reading.human or decision.unclear or decision.kind not in LETS_STAND:
        return decision
    ended = opinion.of(*OUTCOMES) >= AN_END and not plainly_waits(reading)
    if not ended and (decision.kind is Kind.OTHER or waits(opinion, reading)):
        return decision
    return Decision(Kind.OTHER, unclear=True, why=(*decision.why, evidence(opinion, Kind.REJECTION, False)))


def waits(opinion: Opinion, reading: Reading) -> bool:
    """Is it beyond doubt that a letter only tells how things stand? It promises a day; or a sentence says so and none sounds like an
    end; or all its words are sure, and no sentence says more of an end than of waiting."""
    told, ended = reading.score(Act.STATUS), says_of_an_end(reading)
    sure = opinion.of(Kind.STATUS_UPDATE.value) >= SURELY_WAITS and ended <= max(told, SLIGHT)
    return reading.promise is not None or sure or told >= SOME and not ended


def plainly_waits(reading: Reading) -> bool:
    """ "Nothing is decided", and no sentence sounds like an end."""
    return reading.score(Act.STATUS) >= PLAINLY and not says_of_an_end(reading)


def says_of_an_end(reading: Reading) -> float:
    """How much its cues say of a no or of an offer."""
    return max(reading.score(Act.REJECT), reading.score(Act.OFFER))


def evidence(opinion: Opinion, kind: Kind, unclear: bool) -> Evidence:
    """The sentence that speaks most for it, where it is the likeliest by itself."""
    label = "unclear" if unclear else kind.value
    return opinion.evidence if label == opinion.chances[0][0] else Evidence("all its words together", "")


def narrowed(opinion: Opinion, known: Opportunity) -> Opinion:
    """What an opinion is worth in this state: under an outcome nobody confirms an interview, and before it nobody answers one. Of the
    former only how they compare counts; they add up to less than 1."""
    if known.outcome is not None:
        own = [(label, chance) for label, chance in opinion.chances if label in ANSWERS]
        return replace(opinion, chances=tuple(own)) if own else opinion
    own = [(label, chance) for label, chance in opinion.chances if label != Kind.REJECTION_REPLY]
    whole = sum(chance for _, chance in own)
    return replace(opinion, chances=tuple((label, chance / whole) for label, chance in own)) if whole > 0.1 else opinion


def least_ratio(decision: Decision, kind: Kind, reading: Reading, known: Opportunity | None) -> float:
    """How many times likelier another kind must be. What would hurt most if it were missed, is believed soonest: an hour that is
    called off, and another hour while a talk was ahead, or just missed."""
    if decision.unclear or kind is Kind.OFFER_ACCEPTANCE:
        return OF_UNCLEAR
    hours = timed_slots(reading)
    if kind is Kind.OFFER and decision.kind in WAITING and not hours:
        opinion = heard(reading)
        sure = opinion is not None and opinion.of(kind.value) >= LEAST_OF_AN_OFFER
        return AN_OFFER if sure else SURE
    if (
        decision.kind is Kind.STATUS_UPDATE
        and kind is Kind.INTERVIEW_CONFIRMATION
        and (known is None or not known.interviews)
    ):
        return ONE_HOUR  # beside the day of the answer stands the hour of the talk, of which nobody had heard
    if decision.kind is Kind.INTERVIEW_INVITATION and kind is Kind.INTERVIEW_CONFIRMATION:
        # one hour, and nothing is asked: "you will please attend on Monday at half past nine"
        asked = reading.asks or reading.score(Act.PROPOSE) > PLAINLY  # "give me the nod and I'll lock it in"
        return ONE_HOUR if len({s.start for s in hours}) == 1 and not asked else SURE
    planned = open_interview(known, reading.date)
    if decision.kind is Kind.INTERVIEW_CONFIRMATION and planned is not None:
        if kind is Kind.INTERVIEW_CANCELLED:
            return CALLED_OFF
        if kind is Kind.INTERVIEW_RESCHEDULED:
            others = all(abs(slot.start - planned.start) > SAME_TIME for slot in hours)
            return SET_AGAIN if others else SURE
    return SURE


def likeliest(opinion: Opinion) -> tuple[Kind, bool, float]:
    """-> (kind, is it unclear, how likely)."""
    label, chance = opinion.chances[0]
    if label == "unclear":
        return Kind.OTHER, True, chance
    others = opinion.of(*OTHERS)
    if label in OTHERS or others > chance:
        return Kind.OTHER, False, others
    return Kind(label), False, chance


def chance_of(opinion: Opinion, decision: Decision) -> float:
    if decision.kind is Kind.OTHER:
        return opinion.of("unclear") if decision.unclear else opinion.of(*OTHERS)
    return opinion.of(decision.kind.value)


def could_be(told: Decision, decision: Decision, reading: Reading, known: Opportunity | None) -> bool:
    """May this be said here? What the state of the opportunity, the hours or the calendar rule out, no words can tell."""
    if reading.sent:
        return known is not None and sent_could_be(told, decision, known, reading)
    if still_to_answer(told, decision, reading):
        return True
    if known is not None and decision.kind in ENDS and told.kind not in ENDS and not told.unclear:
        return False  # one sentence that ends something is not outvoted by many about other matters
    if (decision.kind, told.kind) in (NEVER_TURNED if known is not None else NEVER_TURNED_ALONE):
        return False
    if (
        told.kind is Kind.REJECTION
        and decision.kind in (Kind.OTHER, Kind.INFORMATION_REQUEST)
        and said_no(reading) < SOME_NO
    ):
        return reading.words >= LONG  # odd short mail is odd, and no rejection
    if decision.kind is Kind.INTERVIEW_RESCHEDULED and told.kind is Kind.STATUS_UPDATE and timed_slots(reading):
        return False  # an hour and a promise in one letter: the hour is what changes
    if (
        decision.kind is Kind.INTERVIEW_CONFIRMATION
        and told.kind in (Kind.STATUS_UPDATE, Kind.OTHER)
        and reminds(reading, known)
    ):
        return False
    if told.kind is Kind.OTHER and known is None:
        return of_others(reading)
    if told.kind is Kind.OTHER:
        # no person's word in an opportunity is talked away because it sounds polite (P2)
        return not decision.unclear and not reading.events and (told.unclear or not reading.human)
    if (
        told.kind in TIMED
        and not timed_slots(reading)
        and not reading.events
        and not agreed_already(told, reading, known)
    ):
        return False
    if decision.kind is Kind.INTERVIEW_CONFIRMATION and told.kind is Kind.INTERVIEW_INVITATION:
        # a fixed time beats an invitation (settled cases), unless nothing else could be meant ("could you come by at 1:15?")
        opinion = heard(reading)
        fixed = reading.act(Act.FIX)
        twice = fixed is not None and fixed.total >= SAID_TWICE  # "Thursday 8 October at 12. … See you then."
        wants_a_word = reading.asks or reading.score(Act.PROPOSE) >= HARD and not twice
        asked = known is None and wants_a_word and reading.score(Act.FIX) < PLAINLY
        return asked and opinion is not None and opinion.of(told.kind.value) >= NOTHING_ELSE
    return known is not None or told.kind is not Kind.INTERVIEW_CANCELLED


# A day for others' answers leaves the owner's as it is: "a decision on the other two posts by Friday. Yours has been cut".
TO_THE_OWNER = re.compile(
    r"^(?!.*\bothers?\b).*\b(?:you|all (?:the )?(?:candidates|applicants)|every(?:one|body)|each (?:candidate|applicant))\b",
    re.I | re.S,
)


def still_to_answer(told: Decision, decision: Decision, reading: Reading) -> bool:
    """ "I regret that the file has not been signed. All candidates will be notified by Friday 19 June": no refusal promises a day for the
    answer, where all the words do nothing but wait."""
    opinion = heard(reading)
    return (
        opinion is not None
        and (decision.kind, told.kind) == (Kind.REJECTION, Kind.STATUS_UPDATE)
        and reading.promise is not None
        and TO_THE_OWNER.search(reading.promise.evidence.words) is not None
        and opinion.of(Kind.STATUS_UPDATE.value) >= NOTHING_BUT_WAITS
        and opinion.of(*OUTCOMES) < NO_END
    )


def reminds(reading: Reading, known: Opportunity | None) -> bool:
    """Does it name the hour of a talk that is ahead (close calls: a reminder)?"""
    planned = known.planned_interview(reading.date) if known is not None else None
    return planned is not None and any(names_interview(slot, planned) for slot in timed_slots(reading))


def agreed_already(told: Decision, reading: Reading, known: Opportunity | None) -> bool:
    """ "Noted, slot (a) it is": of an hour that both have agreed on nobody need say when it is."""
    ahead = known is not None and known.planned_interview(reading.date) is not None
    return ahead and told.kind is Kind.INTERVIEW_CONFIRMATION


def said_no(reading: Reading) -> float:
    """How much its cues say of a no."""
    return max(reading.score(Act.REJECT), reading.score(Act.WISH_WELL))


def of_others(reading: Reading) -> bool:
    """Is no kind of the owner's mail meant, whichever of them it sounds like most?"""
    opinion = heard(reading)
    if called_for_a_job(reading):
        return False
    return opinion is not None and opinion.of(*OTHERS) >= OF_UNCLEAR * max(ours(opinion), LEAST_CHANCE)


def said_yes(told: Decision, reading: Reading) -> bool:
    """Under an offer, "yes. I read your message on the tram" takes it where all its words surely do."""
    opinion = heard(reading)
    return told.kind is Kind.OFFER_ACCEPTANCE and opinion is not None and opinion.of(told.kind.value) >= SURELY_YES


def only_thanks(told: Decision, decision: Decision, reading: Reading) -> bool:
    """ "Thanks for taking me out to the crossing" gives nothing up, where all the words of a letter do nothing but thank."""
    opinion = heard(reading)
    thanked = opinion is not None and opinion.of(Kind.THANK_YOU.value) >= NOTHING_BUT_THANKS
    return thanked and decision.kind is Kind.WITHDRAWAL and told.kind is Kind.THANK_YOU


def sent_could_be(told: Decision, decision: Decision, known: Opportunity, reading: Reading) -> bool:
    outcome = known.outcome
    binding = BINDING.get(told.kind)
    if outcome is None and told.kind in ANSWERS_OFFER and reading.score(BINDING[told.kind]) < PLAINLY:
        return False  # "I'm not going anywhere" turns nothing down where nothing was offered
    yes = outcome is not None and outcome.ending is Ending.OFFER and said_yes(told, reading)
    if (
        binding is not None
        and reading.score(binding) < SOME
        and not yes
        or decision.kind in BINDING
        and told.kind not in BINDING
        and not only_thanks(told, decision, reading)
    ):
        return False  # nobody is bound, or freed again, by the sound of their words
    if decision.kind is Kind.INTERVIEW_CONFIRMATION and told.kind is Kind.OTHER and reading.score(Act.AGREE) >= PLAINLY:
        return False  # "Monday 11 May at 10 is fine. My number is 0700 …": one sentence agrees, and nothing else counts
    if outcome is not None:
        return outcome.ending is Ending.OFFER and told.kind in ANSWERS
    if told.kind is Kind.INTERVIEW_CONFIRMATION:
        invited = bool(known.proposals) or any(p.need is Need.INVITATION for p in known.pending)
        return invited or known.planned_interview(reading.date) is not None
    if told.kind is Kind.THANK_YOU:
        # who is done early writes before the hour is over
        return any(i.start < reading.date for i in known.live_interviews)
    return told.kind is not Kind.REJECTION_REPLY
