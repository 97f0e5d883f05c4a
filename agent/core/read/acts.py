"""Sentence -> acts, by running the table of `cues` over the sentence in its normal form.

`normal` writes contractions out and puts DAY, TIME, LENGTH, ROLE, ORG and NAME for what was recognised, so that one cue
fits what a hundred people write. The evidence of an act is the sentence as its writer put it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from agent.core.read.cues import RECEIVED_TABLE, SENT_TABLE
from agent.core.read.ear import Ear
from agent.core.read.reading import Act, Evidence
from agent.core.read.sentences import shortened
from agent.core.read.table import Sought, Table
from agent.core.read.words import in_order, words_of

# "I'll", "don't", "that's": behind a word an apostrophe and what was left of the next word.
APOSTROPHE = re.compile(r"['’`](t|ll|ve|re|m|d|s)\b", re.I)
TAILS = {"ll": "will", "ve": "have", "re": "are"}
NOT = {"can": "cannot", "won": "will not", "shan": "shall not", "ain": "ai not"} | {
    f"{verb}n": f"{verb} not"
    for verb in "do does did is are was were has have had would could should must need".split()
}
WOULD = frozenset("i you we they he she it who that".split())
IS = frozenset(
    """it that he she there what here who where how this one everything everyone everybody nobody somebody someone job role
    position post place""".split()
)
# The same in the hurry of a phone, without the apostrophe.
HURRIED = {
    "cant": "cannot", "canot": "cannot", "wont": "will not", "im": "i am", "ive": "i have", "youve": "you have", "weve": "we have",
    "yeve": "ye have", "pls": "please", "plz": "please", "u": "you", "ur": "your", "gonna": "going to", "wanna": "want to", "lmk": "let me know",
} | {f"{verb}nt": f"{verb} not" for verb in "do does did is are was were has have had would could should must need ai".split()}  # fmt: skip
HURRIED_FORMS = frozenset((*HURRIED, *(f"u{mark}{tail}" for mark in "'’" for tail in (*TAILS, "d"))))
HURRY = re.compile(r"\b(?:" + "|".join(sorted(HURRIED, key=len, reverse=True)) + r")\b", re.I)


def uncontracted(text: str) -> str:
    """All contractions of a text in full."""
    pieces: list[str] = []
    done = 0
    for match in APOSTROPHE.finditer(text):
        start = end = match.start()
        while start > done and text[start - 1].isalnum() and not text[start - 1].isdecimal():
            start -= 1
        if start < end:
            pieces += (text[done:start], written_out(text[start:end], match.group()))
            done = match.end()
    return "".join((*pieces, text[done:]))


def written_out(head: str, rest: str) -> str:
    """A contraction in full: "won't" -> "will not"; a possessive loses its apostrophe. `rest`: the apostrophe and what follows."""
    low, tail = head.lower(), rest[1:].lower()
    if tail in TAILS:
        return f"{head} {TAILS[tail]}"
    if tail == "t":
        return NOT.get(low, head + rest)
    if tail == "m":
        return "i am" if low == "i" else head + rest
    if tail == "d":
        return f"{head} would" if low in WOULD else head + rest
    if low == "let":
        return "let us"
    return f"{head} is" if low in IS else f"{head} s"


NO_MATTER = re.compile(r"[^\w\s.,?!:;()/€$£%&+-]|_")  # the characters that say nothing
# The same for a text of ASCII letters: what becomes of each byte.
BLANKED = bytes(ord(NO_MATTER.sub(" ", chr(code))) for code in range(128)).ljust(256)

Mask = tuple[int, int, str]


def normal(sentence: str, masks: Sequence[Mask]) -> str:
    """Lower case, contractions written out, the masked spans replaced by their names (upper case)."""
    text = masked(sentence, masks) if masks else sentence.lower()
    if "'" in text or "’" in text or "`" in text:
        text = uncontracted(text)
    if not HURRIED_FORMS.isdisjoint(words_of(sentence)):
        text = HURRY.sub(lambda match: HURRIED[match.group().lower()], text)
    text = text.encode().translate(BLANKED).decode() if text.isascii() else NO_MATTER.sub(" ", text)
    return " ".join(text.split())


def masked(sentence: str, masks: Sequence[Mask]) -> str:
    pieces: list[str] = []
    at = 0
    ordered = sorted(masks, key=lambda mask: (mask[0], -mask[1], mask[2] != "ROLE")) if len(masks) > 1 else masks
    for start, end, name in ordered:
        if start < at:
            continue
        pieces.append(f"{sentence[at:start].lower()} {name} ")
        at = end
    pieces.append(sentence[at:].lower())
    return "".join(pieces)


RECEIVED = Table(RECEIVED_TABLE)
SENT = Table(SENT_TABLE)

# What turns a hard word into nothing: somebody's hope, a condition, another's story.
HYPOTHETICAL = Sought(
    r"\b(?:those|the ones|everyone|everybody|candidates|applicants|people|anyone|whoever|all)(?: (?:who|that))?(?: (?:are|were|is|was|have been|has been))? not (?:\w+ )?(?:selected|chosen|successful|shortlisted|invited|appointed|taken)\b|\b(?:should|please|can|may) (?:therefore )?(?:assume|consider that (?:you|your|the) (?:\w+ )?(?:application|profile|candidature|candidacy|cv|have not|were not|was not))\b|\bwithout (?:any |further )?(?:news|answer|reply|response|word|hearing|feedback|contact)(?: from (?:us|our side|me))? (?:by|within|in|before|until|after)\b|\b(?:once|when|until|before) the (?:vacancy|advert|advertisement|posting|competition) (?:is|has) (?:been )?closed\b|\b(?:if|who) (?:you )?(?:have|has|do|did|are) not (?:heard|hear|been contacted|contacted)\b|^(?:if|should|unless|in case|whether|even if|when|once|had)\b|\b(?:if we (?:do|decide|are|cannot)|in the event|may or may not|does not mean|is not a rejection|not a rejection|no rejection|whether or not|either way|whichever way|one way or (?:the other|another)|(?:an? )?yes or (?:an? )?no|good or bad)\b"
)
ABOUT_OWN_SIDE = Sought(
    r"\b(?:if you (?:have |no longer|would rather|prefer|decide|are (?:no longer|not)|cannot|want to)|should you|in case you)\b"
)
# The talks are off, and of the job nothing is said yet.
TALKS_OFF = re.compile(
    r"\b(?:interviews?|meetings?|panels?|talks?|appointments?)\b.{0,80}\b(?:is|are|will) not (?:now |be )?(?:go|going) ahead\b(?!.{0,80}\b(?:chosen|chose|candidate|filled|someone|somebody|appointed|hired|offered|withdrawn|your application)\b)"
)
# The house is stuck, and nobody is turned down.
NOT_YET_ABLE = re.compile(
    r"\b(?:has|have|had) not (?:yet )?been able to (?:proceed|continue|move (?:on|ahead|forward)|progress|go ahead)\b(?!.{0,40}\b(?:you|your|any|candidates?|applicants?|application)\b)"
)
# Nobody has it yet: "the post has not been given to anyone".
NOBODYS_YET = re.compile(
    r"\b(?:has|have|was|is) (?:not|never) (?:yet )?(?:been )?(?:given|promised|offered|awarded|handed|gone)(?: (?:it|this|that|them|the \w+))? (?:out )?to (?:any(?:one|body| one)|somebody else|someone else|others?)\b(?!.{0,40}\b(?:from|of|among) (?:this|the) (?:round|shortlist|list|panel|competition|interviews?)\b)"
)
# It is on its way to whoever signs: "the position goes now to the board for the signature".
TO_BE_SIGNED = re.compile(
    r"\bgo(?:es|ing|ne)?\b.{0,40}\bfor (?:the |his |her |their |its |final |a )*(?:signatures?|signing|approval|sign-?off|vote|confirmation|countersign\w*)\b"
)
# What is given to another is an hour, or may only be given.
OF_A_TIME = re.compile(
    r"\b(?:DAY|TIME) (?:slot|time|date|appointment)\b|\b(?:DAY|TIME)(?: morning| afternoon| evening)? (?:is|was|will be) (?:now |a |an |therefore )*(?:no-?go|off|out|wash-?out|write-?off)\b(?!.{0,90}\b(?:job|role|position|post|ROLE|candidate|applicant)\b)|\b(?:may|might|could|will) (?:then )?be (?:given|offered|released|passed)\b|\bgive you (?:an?|another|any|the|a new) (?:time|date|hour|day|slot|appointment)\b|\b(?:cannot|can not|not able to|unable to) give you (?:an? (?:exact )?(?:time|hour)|TIME|LENGTH|DAY)\b"
)
TO_BE_CHOSEN = Sought(
    r"\b(?:dates?|slots?|times?|hours?) (?:shall|will|can|may|must|are to) be (?:chosen|selected|picked|booked)\b"
)
# "The team would have you from tomorrow. But …": what they would do, and cannot.
WOULD_HAVE_YOU = re.compile(
    r"\bwould (?:all |both )?(?:have|hire|take|keep) you (?:from (?:to-?morrow|today|DAY)|to-?morrow|DAY|at once|today|right away|straight away|any day|in a heartbeat|like a shot|immediately)\b"
)
OFFERS_A_TALK = re.compile(
    r"\boffer(?:ing)? you (?:an?|the|your) (?:\w+ )?(?:interview|appointment|slot|time|talk|meeting|conversation|call|chat)\b"
)
# To ask the class for a member takes longer than to compare it.
ACCEPT, ASK_INFO, ASSESS, CANCEL, FIX, INVITE, MOVE, OFFER, PROPOSE, RECEIPT, REJECT, STATUS, THANK, WITHDRAW = (
    Act.ACCEPT,
    Act.ASK_INFO,
    Act.ASSESS,
    Act.CANCEL,
    Act.FIX,
    Act.INVITE,
    Act.MOVE,
    Act.OFFER,
    Act.PROPOSE,
    Act.RECEIPT,
    Act.REJECT,
    Act.STATUS,
    Act.THANK,
    Act.WITHDRAW,
)
SURE, SOONER_SURE = 7.0, {STATUS: 6.0}  # a cue of this score needs no second opinion
FINDS_TIME = frozenset((PROPOSE, INVITE))  # where a cue says that the hour is fixed, the model asks for none
TIMETABLE = frozenset((CANCEL, MOVE))
CONDITIONAL = frozenset((REJECT, OFFER, CANCEL, MOVE, FIX))  # a condition takes from these


class Heard(NamedTuple):
    """One act of one sentence. `label`: that of the model where it was not a cue that said so."""

    act: Act
    score: float
    label: str = ""


# What is written on the buttons below a machine's letter: "Reschedule | Cancel", "Add to calendar".
BUTTONS = re.compile(
    r"(?:(?:re-?schedule|cancel|change|edit|modify|manage|view|add to (?:your |my )?calendar|directions)(?: (?:event|booking|interview|meeting|appointment|details|time))?(?: or | / | )?)+\W*"
)
LONGEST_BUTTONS = 60


def acts_of(text: str, sent: bool, ear: Ear | None = None, written: str = "") -> list[Heard]:
    """The acts of one sentence in its normal form; `ear`: by the model, too, which is told how it was `written`."""
    if not sent and len(text) <= LONGEST_BUTTONS and BUTTONS.fullmatch(text):
        return []
    found = {act: (score, "") for act, score in (SENT if sent else RECEIVED).run(text).items()}
    fixed = found.get(FIX, (0.0, ""))[0] >= 5
    if ear is not None:
        for act, score, label in ear.heard(text, written, found):
            known = found.get(act, (0.0, ""))[0]
            if score < 0:
                found[act] = (known + (score if known < SOONER_SURE.get(act, SURE) else 0.0), "")
            elif (
                score > known
                and not overheard(act, text, found)
                and not (act in FINDS_TIME and fixed and "?" not in text)
            ):
                found[act] = (score, label)
    if not found:
        return []
    out: list[Heard] = []
    words = in_order(text)
    doubtful = not CONDITIONAL.isdisjoint(found)
    hypothetical = doubtful and bool(HYPOTHETICAL.search(text, words))
    own_side = doubtful and bool(ABOUT_OWN_SIDE.search(text, words))
    papers = found.get(ASK_INFO, (0.0, ""))[0] >= 6 and bool(PAPERS.search(text))
    for act, (score, label) in found.items():
        if act is PROPOSE and (TO_BEGIN.search(text, words) or SO_OFTEN.search(text, words)):
            score -= 4  # the day asked for is that of the first day at work; "read two times" offers none
        if papers and act in (PROPOSE, ASSESS, INVITE):
            score -= 1 if ATTENDANCE.search(text) else 4  # a day is named, but for papers
        if act in (REJECT, OFFER, CANCEL, MOVE) and (hypothetical or own_side) and not sent:
            score -= 5
        if act is REJECT and FELL_THROUGH.search(text) and not TO_YOU.search(text):
            score = min(score, 3.0)  # a doubt stays: what it means for the owner is for the rest of the mail to say
        if act is REJECT and (
            text.endswith("?")
            or OF_A_TIME.search(text)
            or TALKS_OFF.search(text)
            or NOT_YET_ABLE.search(text)
            or NOBODYS_YET.search(text)
            or TO_BE_SIGNED.search(text)
        ):
            score -= 3 if text.endswith("?") else 5
        if act is REJECT and (IF_NOT.search(text) or FAILING.search(text)):
            score -= 5  # "he says I am mad if I don't take you"
        if act is OFFER and OFFERS_A_TALK.search(text):
            score -= 8
        if act is OFFER and WOULD_HAVE_YOU.search(text):
            score -= 6
        if act is FIX and (
            ONLY_IF.search(text, words)
            or TO_BE_CHOSEN.search(text, words)
            or hypothetical
            and "DAY" not in text
            and "TIME" not in text
        ):
            score -= 3
        if act is THANK and LEAVE_TAKING.fullmatch(text):
            continue
        if act is ACCEPT and (AS_YET.search(text) or WOULD_TAKE.search(text)):
            score -= 5
        if act in TIMETABLE and own_side:
            score -= 3
        if act is MOVE and FOR_OTHERS.search(text) and not TO_YOU.search(reason_aside(text)):
            score -= 5
        if act in TIMETABLE and (THEIR_MEETING.search(text) or CLOCKS_CHANGE.search(text)):
            score -= 5
        if act is PROPOSE and ANSWER_OK.search(text):
            score -= 4  # what waits for a nod is the day of the answer
        if score > 0:
            out.append(Heard(act, score, label))
    return out


def evidence(heard: Heard, sentence: str, where: str, why: str) -> Evidence:
    """For a person: the sentence as it was written, and which words decided where no cue did (`why`)."""
    return Evidence(f"{heard.act.value}, {why}" if heard.label else heard.act.value, shortened(sentence), where)


# What the model takes for more than it is: an apology for a delay is no "no", a wish to be rung up is no invitation.
APOLOGY = re.compile(
    r"\b(?:sorry|apolog\w+|forgive|pardon|excuse)\b.{0,50}\b(?:wait\w*|delay\w*|late|long|slow|silence|quiet|inconvenience|short notice|confusion|keep(?:ing)? you)\b"
    r"|\b(?:needs?|takes?|taking|ask(?:ing)? (?:you )?for) (?:\w+ ){0,3}?(?:more time|longer|patience)\b"
)
LOGGED = re.compile(
    r"\b(?:has|have) (?:now )?been (?:successfully |duly )?(?:logged|registered|recorded|submitted|entered|filed|lodged)\b"
)
CALL_ME = re.compile(
    r"\b(?:give (?:me|us) an? (?:\w+ )?(?:call|ring|shout|bell|buzz)|(?:call|ring|phone|buzz|ping|text) me|pick up|not reachable|call (?:me )?back)\b"
)


NO_DATE = re.compile(
    r"\b(?:cannot|can not|not able to|unable to|do not|could not) (?:yet |really |quite )?(?:give|say|tell|promise|name|offer|share|know)\b.{0,40}\b(?:timelines?|timescales?|time-?frames?|dates?|when|exactly|how long|yet|more)\b"
)


IN_A_FORM = re.compile(r"^[\w /&-]{2,24} ?: ?(?:DAY|TIME)\b")  # "Day/date : Thursday, 2 April"
# "My boss says I must grab you before somebody else does."
BEFORE_OTHERS = re.compile(
    r"\b(?:grab|snap|snatch|catch|hire|get|take|talk to|see|meet) you (?:up )?before (?:some|any)(?:body|one) else\b"
)
# The words of an offer, of a talk: "we have read your papers with joy and would like to get to know you".
OF_A_TALK = re.compile(
    r"\b(?:get(?:ting)? to know|meet(?:ing)? (?:you|with|us)|(?:an?|for|to|the (?:next|first|second|final)) interview|interview(?:ing)? you|(?:talk|speak|chat)(?:ing)? (?:to|with) you|(?:see|seeing) you (?:for|about|again|on|at|in|next|this|in person)|wants? to see you|invit\w+|conversation|first talk|slots?|shortlist\w*)\b"
)
CALLED_OFF = re.compile(
    r"\b(?:interview|meeting|call|appointment|talk|session)\b.{0,60}\b(?:cancell?ed|called off|postponed)\b"
)
OF_THE_JOB = re.compile(
    r"\b(?:ROLE|role|position|job|post|vacancy|candidates?|applications?|forward|proceed|someone|somebody|others?|filled|hired|process)\b"
)


LIST_ITEM = re.compile(r"^(?:\d{1,2}|[a-h])[.)] (?!(?:on )?(?:the )?DAY)")
# Without one of these words nothing is called off, whatever else a sentence shares with those that do.
NO_MORE = re.compile(
    r"\b(?:cancel\w*|off|not|no|nor|never|nothing|nobody|none|cannot|unable|without|instead|unfortunately|regret\w*|sorry|apolog\w*|afraid|postpon\w+|put back|defer\w*"
    r"|delay\w*|suspend\w*|hold(?!(?:ing)? (?:the|an?|your|this) )|pause\w*|scrap\w*|annul\w*|withdr\w+|drop\w*|pull\w*|stop\w*|abandon\w*|free[sz]\w*|frozen|shut\w*|clos\w+|strike|flood\w*|burst|ill|sick"
    r"|died|funeral|hospital|accident|quarantin\w*|called away|stuck|void|rearrang\w+|reschedul\w+|another (?:day|time|date)|later date|fall\w* through|skip|forget)\b"
)
NOT_ON = re.compile(r"\b(?:not take place|cancell?ed|called off|annulled|scrapped)\b")
# A new hour for others: "two people were poorly, so we're seeing them on Tuesday instead".
FOR_OTHERS = re.compile(
    r"\b(?:see|seeing|meet|meeting|interview|interviewing) (?:them|him|her|the (?:others?|last|rest)|(?:two|three|four|some|a few) (?:others?|more|people|candidates))\b"
)


# What was moved is the meeting of those who decide: "trustees have shifted their meeting".
THEIR_MEETING = re.compile(
    r"\b(?:board|trustees|committee|governors|council|directors|partners|they|management|owners|panel|team|he|she|NAME) (?:\w+ ){0,2}?(?:moved|shifted|postponed|put (?:off|back)|pushed|delayed|brought forward|rearranged|cancelled|changed) (?:their|its) (?:\w+ )?(?:meeting|session|vote|sitting)\b(?! with you)"
    r"|\b(?:their|the (?:board|trustees|committee|governors|council|management)(?: s)?) (?:\w+ )?(?:meeting|session|vote|sitting) (?:has|was|is|had) (?:now |been |to be )*(?:moved|shifted|postponed|pushed|put|cancelled|delayed)\b"
)
FAILING = re.compile(r"\bfailing which\b")  # what an offer threatens with
CLOCKS_CHANGE = re.compile(
    r"\bclocks? (?:changes?|goe?s?|are)\b|\b(?:hour|time) (?:changes?|goes) (?:back|forward|ahead)\b|\bhour changes on the \w+ before\b"
)
ANSWER_OK = re.compile(
    r"\b(?:answer|decision|news|result|outcome|word|verdict)\b(?!.{0,50}\b(?:interview|talk|meeting)\b).{0,50}\bDAY\b.{0,4}\b(?:ok|okay|alright|right|yes)\W*$"
)
# The other one is gone again: "we offered it to someone in spring, who left after five weeks".
FELL_THROUGH = re.compile(
    r"\b(?:gave|given|offered|hired|chosen|chose|appointed|promised)\b.{0,40}\b(?:in (?:spring|summer|autumn|winter|january|february|march|april|may|june|july|august|september|october|november|december)|last (?:year|spring|summer|autumn|winter|month)|before|first|DAY)\b"
    r".{0,40}\b(?:who|but|and) (?:\w+ ){0,3}?(?:left|declined|pulled out|withdrew|dropped out|fell through|fallen through|never (?:started|came)|turned (?:it|us) down|changed (?:her|his|their) mind|gone back|went back|backed out)\b"
    r"|\bin (?:spring|summer|autumn|winter) we had given\b.{0,60}\bgone back\b"
)
TO_YOU = re.compile(r"\b(?:you|your|yours)\b")


def reason_aside(text: str) -> str:
    """ "Just so you're not left waiting: two people were ill …": what stands behind the colon, where it is a sentence."""
    behind = text.rpartition(":")[2]
    return behind if len(behind.split()) > 5 else text


def called_off(text: str) -> bool:
    """Only the talk is off; of the job nothing is said."""
    return bool(CALLED_OFF.search(text)) and not OF_THE_JOB.search(text)


def overheard(act: Act, text: str, found: Mapping[Act, tuple[float, str]]) -> bool:
    """Does the model surely hear too much in this sentence? `found`: what cues found in it."""
    if act is REJECT:
        logged = RECEIPT in found and LOGGED.search(text)  # "your application has been logged with tracking no. …"
        return bool(
            logged or BEFORE_OTHERS.search(text) or APOLOGY.search(text) or NO_DATE.search(text) or called_off(text)
        )
    if act is OFFER:
        return bool(OF_A_TALK.search(text))
    if act is CANCEL:
        return not NO_MORE.search(text)
    if act is FIX:
        return bool(NOT_ON.search(text))
    if act is WITHDRAW:
        return not GIVES_UP.search(text)
    if act is ACCEPT:
        return bool(NOT_YET.search(text)) and not YES.search(text)
    if act not in FINDS_TIME:
        return False
    if LIST_ITEM.match(text) and "TIME" not in text and "?" not in text:
        return True
    return "TIME" not in text and bool(CALL_ME.search(text)) or bool(IN_A_FORM.match(text))


# "Before I take the job", "I want to take the offer to my solicitor": nothing is accepted yet.
WOULD_TAKE = re.compile(
    r"^(?!.*\baccept).*\bwould (?:still|happily|gladly|dearly) (?:\w+ )?(?:take|do) (?:it|the (?:job|post|position|role))\b"
)
AS_YET = re.compile(
    r"\b(?:before i|accept that (?:you|the|it|this)|clear head|if (?:the|you|i|we|it)|only if|provided|unless|as long as|take (?:it|this|that|them|the (?:offer|letter|contract|offer letter)) (?:up with|to|home|with me|away|into)|post office|role ?play|exercise)\b"
)
# Without one of these nobody leaves a process.
GIVES_UP = re.compile(
    r"\b(?:withdr\w+|pull\w*|out|no longer|not (?:be )?(?:\w+ ){0,2}?(?:keep|hold|wait|count|continu\w*|proceed\w*|progress\w*|pursu\w*|go|going|take|taking|want\w*|wish\w*|interested|able|available|right|come|coming|attend\w*|mov(?:e|ing)|join\w*|consider\w*|follow\w*|for me|need\w*|in a position|be)|cannot|step\w*|stay\w*|declin\w+|drop\w*|remove|decided|decision|accepted|taken|another|other|elsewhere|instead|sorry|sadly|unfortunately|regret\w*|apolog\w+|afraid|stop|end|leave|bow|cross|scratch|strike|close|cancel\w*|hard|difficult|better|mind|changed|back|give up|giving up)\b"
)
# "I would like to take a few days over it": the answer to an offer is still to come.
NOT_YET = re.compile(
    r"\b(?:few days|some (?:days|time)|(?:a|one|another|the) (?:day|week|weekend|night)|until|think (?:it|about|this|that)|sleep on it|time to (?:think|consider|decide)"
    r"|(?:come|get) back to you|let you (?:know|have)|consider (?:it|this|your)|before i (?:decide|answer|accept|say))\b"
)
YES = re.compile(
    r"\b(?:i (?:\w+ )?accept|accepting|(?:is|say|am saying) (?:a )?yes|yes please|happy to (?:accept|join)|signed)\b"
)
IF_NOT = re.compile(r"\bif (?:i|they|he|she) (?:do|does|did|would|could|will) not\b(?! (?:say|tell|write|admit|let)\b)")
LEAVE_TAKING = re.compile(
    r"(?:many )?(?:thanks|thank you) (?:and|&|with) (?:best |kind |warm |warmest )?(?:regards|wishes)\W*"
)
TO_BEGIN = Sought(
    r"\b(?:when|which|what) (?:\w+ ){0,3}(?:could|can|would|might|may) you (?:\w+ ){0,2}?(?:begin|start|take up)\b|\byou (?:can|could|would) (?:begin|start)\b|\bstart(?:ing)? date\b"
)
SO_OFTEN = Sought(
    r"\b(?:re)?(?:written|wrote|read|tried|called|phoned|rung|rang|been|seen|asked|heard|checked|looked|started|changed)\b.{0,40}\b(?:two|three|four|few|several|some) times\b"
)
ATTENDANCE = re.compile(r"\b(?:confirm|reply)\b.{0,30}\b(?:availab\w+|attend\w*)\b")
# Nothing is fixed yet where it waits for an answer.
ONLY_IF = Sought(
    r"^then (?:i|we) (?:will |can |shall )?(?:confirm|tell|book|fix|lock|send)\b|\b(?:let (?:me|us) know (?:and|so (?:that )?(?:i|we))|with (?:a|your|the) (?:quick )?(?:yes|ok|okay|nod|answer),? (?:and|then) (?:then )?(?:i|we) (?:will|shall|can)|once (?:you|i|we) (?:have |are )?(?:confirm\w*|hear|heard|know|reply)|as soon as you (?:confirm|let|reply|tell)"
    r"|if (?:so|that works|this works|it works|that suits|this suits|it suits|you agree|you confirm))\b"
)
PAPERS = re.compile(
    r"\b(?:references?|referees?|notice period|salary|documents?|certificates?|diplomas?|passport|transcripts?|right to work|visa|permit"
    r"|date of birth|bank details|payslips?|licen[cs]e|cv|resume|portfolio|identification|proof of|copy of|details of)\b"
)
