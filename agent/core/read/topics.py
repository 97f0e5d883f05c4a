"""Is this about a job that the owner is a candidate for? Evidence for it, and other matters that sound like it.

POLICY, "What makes an opportunity": study, visa, flat, loan, club, press and podcast make none; neither does an owner who hires.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from agent.core.read.letters import small
from agent.core.read.words import words_of

# word -> weight as evidence of a candidacy
JOB_WORDS = {
    **dict.fromkeys(
        "candidate candidates candidacy candidature applicant applicants recruiter recruiting recruitment hiring vacancy shortlisted shortlist résumé resume cv interviewer interviewers interviews salary".split(),
        1.0,
    ),
    **dict.fromkeys(
        "interview interviewed application applied apply applying job position role post opening hr career careers talent panel onboarding probation notice references referees employer employment payroll contract".split(),
        0.7,
    ),
    **dict.fromkeys(
        "team experience skills colleague colleagues department manager office work start background portfolio company".split(),
        0.15,
    ),
}

TOPICS: dict[str, frozenset[str]] = {
    "flat": frozenset(
        "flat apartment tenant tenancy landlord landlady rent rental renting lease leasing viewing bedroom sublet roommate flatmate unit property mortgage residences lettings housemate deposit bathroom furnished utilities".split()
    ),
    "study": frozenset(
        "admission admissions semester undergraduate bachelor master's masters tuition scholarship enrolment enrolments enrollment syllabus faculty pupils pupil kindergarten guardian guardians ward parents merit viva examiner parent-teacher parent admitted exam exams grade nursery preschool coursework dormitory students' msc phd thesis bursary".split()
    ),
    "visa": frozenset(
        "visa embassy consulate passport biometric immigration residence applicant's schengen consular originals".split()
    ),
    "money": frozenset(
        "travelcard discount concession loan mortgage card credit limit overdraft account pre-approved preapproved apr cashback premium insurance policy iban kyc balance statement prêt".split()
    ),
    "press": frozenset(
        "podcast episode listeners journalist reporter newspaper magazine radio article broadcast airing readers editor's microphone studio recording documentary quote press".split()
    ),
    "club": frozenset(
        "club choir rehearsal rehearsals members member season match pitch kick-off kickoff goalie goalkeeper keeper five-a-side training league altos tenors volunteers pta parish hoa jury audition auditions sight-reading singers soprano sopranos alto tenor bass basses allotment orchestra squad fixture committee pool ramblers regatta stall stalls cake fete raffle jumble".split()
    ),
    "health": frozenset(
        "dental dentist clinic's patient appointment prescription doctor surgery vaccination physiotherapy checkup check-up consultation optician gp mri scan".split()
    ),
    "shop": frozenset(
        "parcel delivery order basket cart discount sale voucher code % shipping invoice tracking refund subscription ticket tickets booking receipt coupon courier package store".split()
    ),
    "event": frozenset(
        "webinar masterclass roundtable seats sponsored sponsor speakers keynote attendees aspirants bidders bidder tender supplier suppliers".split()
    ),
    "pets": frozenset(
        "dog dogs cat cats puppy puppies kitten kennel vet rehoming adopt adopted adopter adopters adoption leash foster fostering walks paws rescue litter".split()
    ),
    "dating": frozenset("matchmaking bride groom matrimonial horoscope proposal dating".split()),
}
# Words that no mail about a job needs.
SURELY_FOREIGN = frozenset(
    """consulate consular embassy admissions admission tenant tenancy landlord landlady nursery kindergarten preschool pupil pupils ward
    enrolment enrolments enrollment parent-teacher vaccination podcast episode listeners schengen dormitory tuition mortgage overdraft passport matrimonial""".split()
)
ABOUT: dict[str, tuple[str, ...]] = {}
for _name, _words in TOPICS.items():
    for _word in _words:
        ABOUT[_word] = (*ABOUT.get(_word, ()), _name)
OF_JOBS, OF_MATTERS = frozenset(JOB_WORDS), frozenset(ABOUT)
MOST_TEXT = 8_000
# Words without which the patterns below cannot fit.
HIRING_WORDS = frozenset(
    """candidate candidates candidate's applicant applicant's applicants application candidacy cv resume panel committee decision apply
    applying applied hearing interviewing considering receiving seeing meeting position references reference referee named job role start honoured honored news scorecard scorecards cvs resumes scoresheet
    scoresheets score feedback notes scores verdict impression profile portfolio file letter""".split()
)
HIRES_WORDS = frozenset("interview invite see meet offer applying application".split())
COLD_WORDS = frozenset(
    "across upon over profile linkedin github background open interested exploring looking market considering reaching exciting refer anyone somebody someone found database mutual".split()
)
SCAM_WORDS = frozenset(
    """union transfer gift bitcoin fee refundable bank telegram whatsapp kindly cashier's cashiers cashier check cheque deposit experience home
    passport ssn security immediately""".split()
)

# The expressions from here on, but for TO_MANY, are for a text in small letters. Phrases that turn the tables: the owner judges, others apply.
HIRING_SIDE = re.compile(
    r"\b(?:please (?:read|look at|review|have a look at|find) (?:his|her|their|the (?:candidate['’]?s?|applicant['’]?s?)) (?:cv|resume|application|profile|portfolio|file|letter)|(?:his|her|their) (?:cv|resume|application) (?:is )?(?:attached|before)|candidates? (?:for|to) (?:you|us) to (?:interview|see|meet)|(?:agreeing|agreed|asked|able|happy|willing|invited) to (?:sit|serve|be) on (?:the|our|a) (?:\w+ )?panel\b|we have (?:\w+ )?candidates\b|(?:talked|spoke) (?:with|to) the (?:\w+ )?candidates\b|(?:two|three|more) candidates,? when can you|"
    r"(?:with|join(?:ing)?) (?:me|us) (?:for|at|in|during|on) (?:the|our) (?:\w+ )?interviews\b|interviews (?:of|with) the (?:\w+ )?candidates\b|you(?:['’]re| are) on the (?:jury|panel)\b|i(?:['’]ll| will| shall)? send (?:you|u) (?:the|their|all|both) (?:\w+ )?(?:cvs|resumes)\b|tell them our (?:decision|choice|answer)\b|(?:first|second|third|1st|2nd|3rd|next|our) candidate\b(?!['’]s)|help(?:ing)? us (?:to )?(?:choose|pick|select)\b|\bcandidate (?:no\.? ?|nr\.? ?|#)?\d{1,2}\b|(?:^|[.!?:] )(?:the |their |all )?(?:cvs|r[eé]sum[eé]s) are (?:in|on|below|with)\b|(?:^|of the |dear |hi )hiring (?:committee|cmte)\b|you (?:do|ask|take) (?:about )?the [^.;!?]{3,40} and i (?:do|ask|take)\b|among the (?:\w+ )?candidates\b|candidate:|(?:he|she|they|and) named you as (?:a|his|her|their) (?:former |old )?(?:chief|boss|manager|referee|reference|supervisor|employer)|\bhas (?:given|named|put down) you(?:r name)? as (?:an? |one of )?(?:\w+ )?(?:referee|reference)|(?:thank you|thanks|many thanks) for inviting me (?:to|for)\b|candidates for your (?:[\w-]+ ){1,4}(?:vacancy|role|position|post|opening)|(?:could|can|would) you (?:be|give|act as|write|provide) (?:a |his |her |their )?(?:reference|referee)|i(?:['’]?ll| will| can) bring my (?:\w+ ){0,4}references\b(?! (?:to|for))|i(?: a|['’])?m (?:\w+ )?interested in (?:the|this|your) (?:position|job|role) and (?:i )?can start|you (?:are|will be|would be) (?:on|part of|chairing|joining) (?:the|our) (?:hiring |interview |selection |search |appointment )?(?:panel|committee)|(?:thank you|thanks|many thanks)(?: to)? (?:you and )?(?:the committee|you all|your (?:committee|panel))? ?for (?:hearing|interviewing|considering|receiving|seeing|meeting) (?:me|my)|"
    r"honou?red to (?:become|work for|join|be chosen|serve)|look(?:ing)? forward to your decision|consider(?:ing)? my (?:application|candidacy)|(?:any|there any) news (?:on|about|regarding) (?:the|my) (?:position|application|role|job|post)|my application (?:for|to)|i (?:would like|want|wish) to apply|i am (?:writing to apply|applying)|i applied|my (?:cv|resume) (?:is )?(?:attached|enclosed)|attached (?:is )?my (?:cv|resume)|score ?(?:sheet|card)s? for|(?:you,? (?:and )?me|you and i|the (?:two|three|four) of us)\b[^.;!?]{0,40} (?:on|are) the panel\b|(?:the|their|all|both) (?:three |two |four |five )?(?:cvs|resumes) (?:are )?(?:attached|enclosed|below)|attach(?:ed|ing)? (?:you )?(?:the|their|all) (?:\w+ )?(?:cvs|resumes)|(?:^|[.!?:] )(?:the )?cvs attached|would you take the questions|you (?:do|ask|take) the [^.;!?]{3,60} (?:bit|question|questions|part)\b[^.;!?]{0,40}|could you (?:sit|be) on (?:the|our) panel|your (?:feedback|notes|scores|verdict|impression) on (?:him|her|the candidates?|them)|applicants? for (?:our|the) .{1,40}, (?:please|could you))\b",
)
# The owner asks somebody to a talk about a job that is the owner's to give.
HIRES = re.compile(
    r"\b(?:we(?:['’]d| would| should)? (?:\w+ )?(?:like|love|want|wish) to (?:interview you|see you for the|meet you for the|invite you|offer you)|inviting you (?:to|for) (?:an? )?interview|(?:thank you|thanks) for (?:applying|your application)|your application (?:for|to)|pleased to offer you)\b"
)
# Whoever is told this is a candidate, and others may be named beside them.
OWN_SIDE = re.compile(
    r"\b(?:your candidate (?:number|no\b|nr\b|id)|(?:the |your )interview with you|interview you\b|yours is (?:among|one of)|you (?:are|were) (?:\w+ )?(?:among|one of)|you (?:are|have been) (?:hereby )?(?:invited|admitted|shortlisted|called|selected) (?:to|for)|confirm (?:\w+ ){0,4}that you will (?:attend|come))\b"
)
APPLIED_BEFORE = re.compile(
    r"(?:application(?<=\ban application) from (?:you|someone|somebody)|your(?<=\byour) (?:\w+ ){0,2}(?:application|cv|resume|papers|letter|candidature|documents|candidacy|submission|dossier|interview|visit|portfolio|trial)|you(?<=\byou) (?:wrote (?:to )?(?:us|me)\b|wrote (?:in|into|on) (?:my|our|the) form|filled (?:in|out) (?:our|my|the|a) form|sent (?:in )?(?:our|my|the|a) form|applied|interviewed|came (?:in|to|over|by)|spoke with|talked to|put in|sent (?:us|me|in))|resume(?<=\bthe resume) you (?:dropped|left|sent|gave|handed|brought)|cv(?<=\bthe cv) you (?:dropped|left|sent|gave|handed|brought)|our(?<=\bour) (?:\w+ )?(?:interview|conversation|talk|chat|call|meeting)|got(?<=\bgot) your(?! (?:\w+ ){0,2}(?:address|name|number|e-?mail|contacts?)\b)|received(?<=\breceived) your|read(?<=\bread) your|meeting(?<=\bmeeting) (?:with |to )?you|met(?<=\bmet) (?:with |to )?you|spoken(?<=\bspoken) (?:with |to )?you|spoke(?<=\bspoke) (?:with |to )?you|talking(?<=\btalking) (?:with |to )?you|talk(?<=\btalk) with you|interview(?<=\binterview) you (?:for|about) (?:the|our|this|a) (?:post|role|position|job|vacancy)|application(?<= of an application)|application(?<=such an application)|application(?<=what an application))\b",
)
SCAM = re.compile(
    r"\b(?:western union|wire transfer|gift cards?|bitcoin|processing fee|registration fee|refundable (?:fee|deposit)|bank (?:details|account) (?:to|for) (?:receive|credit|deposit)|work from home .{0,30}(?:\$|€|£)\s?\d|no experience (?:needed|required)|kindly text|(?:on|via|over|our|my|through) telegram|telegram (?:group|channel|app|id|number)|whatsapp only|cash(?:ier['’]?s)? che(?:ck|que)|pay (?:a|the) (?:small )?(?:fee|deposit)|activation fee|security deposit|"
    r"send (?:us )?(?:your )?(?:passport|id|social security|ssn|bank)[^.]{0,40}(?:immediately|today|now|within))\b",
)
COLD_PHRASE = re.compile(
    r"\b(?:came across your|stumbled (?:upon|on|over|across) your|found your (?:profile|details|name)|your (?:linkedin|github|profile|background) (?:caught|stopped|made me|leapt|jumped|looks|is|stood|popped|came up|really|seems)|(?:saw|noticed|viewed|reviewing|impressed by) your (?:\w+ )?(?:profile|linkedin|github|background)|not sure (?:if|whether) you(?: are|['’]re) (?:currently )?(?:looking|open|in the market)|"
    r"(?:are|if|whether|would) you(?: are|['’]d be|['’]re| be)? (?:currently |perhaps |at all )?(?:open to|interested in hearing|interested in exploring|looking for (?:a )?(?:new|change)|on the market|in the market|considering (?:a|new))|passive(?:ly)? looking|open to (?:a )?(?:new )?(?:opportunit|challenge|conversation|roles)|reach(?:ing)? out (?:cold|because your|to see if you)|exciting (?:new )?(?:opportunit|role|start-?up)|"
    r"if (?:you are |you['’]re )?interested,? (?:please |kindly |do )?(?:share|send|reply|revert|forward|apply|mail|call|whatsapp)|our (?:reputed|esteemed|prestigious|leading|mnc) client|ignore if not (?:relevant|interested)|know (?:of )?(?:anyone|somebody|someone) (?:who|that)|refer (?:a|any) friend|your (?:contact|name) from (?:a|our) (?:database|mutual))",
)


# Whoever asks people out for what they write or film themselves.
FOR_A_WORK = re.compile(
    r"\b(?:for|as part of|writing|doing|making|working on) (?:my|our|an?) (?:[\w'’-]+ ){0,3}?(?:thesis|dissertation|doctorate|documentary|podcast|newspaper article|article|blog|book|school project|term paper|research (?:project|paper))\b"
)
OF_A_WORK = frozenset("thesis dissertation doctorate documentary podcast article blog book paper project".split())


# A letter to a whole house, class or club.
TO_MANY = re.compile(
    r"^(?:(?:dear|hello|hi|good (?:morning|afternoon|evening)),? (?:all |our |valued )*|(?=\w+ ?[,!:\n]))(?:shareholders?|residents?|members?|choristers?|singers|players|parents?|carers|families|customers?|neighbours?|neighbors?|tenants?|guests?|patients?|subscribers?|"
    r"students|pupils|owners|donors|supporters|volunteers|parishioners|readers|alumni|friends of|everyone|everybody)\b",
    re.I,
)


class Topic(NamedTuple):
    """`others`: how many words there are of the other matter that has most of them."""

    job: float
    foreign: str
    why: str
    others: int = 0


def weigh(text: str, words: frozenset[str], subject: str, sender: str, sent: bool, own: Sequence[str] = ()) -> Topic:
    """-> (evidence for a job 0…10, the foreign matter or "", the words that say so).

    `words`: those of the first MOST_TEXT characters. `own`: the names of the employer and of the job, which speak of no other
    matter: a radio station seeks a producer.
    """
    words = words | words_of(f"{subject} \n {sender}")
    if not words:
        return Topic(0, "", "")
    job = min(round(sum([JOB_WORDS[word] for word in words & OF_JOBS], 0.0), 2), 10.0)
    counts: dict[str, int] = {}
    others = words - words_of(" ".join(own)) if own else words
    for word in others & OF_MATTERS:
        for name in ABOUT[word]:
            counts[name] = counts.get(name, 0) + 1
    if not sent and not words.isdisjoint(HIRING_WORDS):
        lower = f"{subject} \n {text}"[:MOST_TEXT].lower()
        match = HIRING_SIDE.search(lower) if not OWN_SIDE.search(lower) else None
        if match:
            return Topic(job, "hiring", match.group()[:60])
    if sent and not words.isdisjoint(HIRES_WORDS) and (match := HIRES.search(small(text[:MOST_TEXT]))):
        return Topic(job, "hiring", match.group()[:60])
    if not sent and not words.isdisjoint(OF_A_WORK) and (match := FOR_A_WORK.search(small(text[:MOST_TEXT]))):
        return Topic(job, "press", match.group()[:60])
    if not sent and TO_MANY.match(text):
        return Topic(job, "circular", text.split("\n", 1)[0][:60])
    foreign = max(counts, key=lambda n: (counts[n], n), default="")
    most = counts.get(foreign, 0)
    surely = not others.isdisjoint(SURELY_FOREIGN)
    if most >= 2 and (most > job or surely and job <= 3):
        return Topic(job, foreign, ", ".join(sorted(words & TOPICS[foreign])[:4]), most)
    return Topic(job, "", "", most)


# The same, where a job is named: flats, loans and courses are applied for, too.
APPLIED_FOR = re.compile(
    r"\b(?:applications?\b.{0,30}\byours|(?:thank you|thanks|thank u) (?:very much |so much |again )?for (?:applying|putting in|throwing your hat|going for|sending in))\b"
)


def applied_before(text: str, job_named: bool) -> bool:
    """Does the text speak of an application or a talk there was? `job_named`: by its other words it is about a job."""
    lower = text[:3000].lower()
    may_thank = job_named and ("thank" in lower or "yours" in lower)
    return bool(APPLIED_BEFORE.search(lower) or may_thank and APPLIED_FOR.search(lower))


def cold(text: str, words: frozenset[str]) -> bool:
    """Does the writer reach out to somebody who never applied? `words`: those of the text."""
    return not words.isdisjoint(COLD_WORDS) and bool(COLD_PHRASE.search(small(text[:4000])))


def scam(text: str, words: frozenset[str]) -> bool:
    return not words.isdisjoint(SCAM_WORDS) and bool(SCAM.search(small(text[:6000])))
