"""What stands round the name of a job: expressions that point to it, each with its weight and the words it cannot do without."""

from __future__ import annotations

import re

from agent.core.read.letters import START

BEFORE = re.compile(
    r"(?:\b(?:for|about|of|on|regarding|re|to|in|into|as|fill|filling|discuss|the|our|that|this|your|apply for|an?) (?:the |our |that |this |an? |open )?|\()((?:[\w&/'’.+#-]+ ){1,6}?)(?:role|position|post|job|vacancy|opening|opportunity|candidacy|traineeship|apprenticeship|seat|slot|spot|mandate|vacature|gig|application|applicants?|candidates?|shortlist|interviews?|competition|search|recruitment|hiring|process)\b"
)
# The words beside which a role may be named without a head noun.
ROLE_NOUNS = frozenset(
    """role roles position positions post posts job jobs vacancy opening opportunity candidacy traineeship apprenticeship seat slot spot mandate
    vacature gig application applicant applicants candidate candidates shortlist interview interviews competition search recruitment
    hiring process place function office situation submission profile cv resume""".split()
)
IN_SMALL = (
    # (pattern for a text in small letters, weight, words without one of which it fits nowhere): the role is group 1; up to six words, cut at
    # the first that cannot belong to it
    (
        re.compile(
            START
            + r"(?:position|role|post|job|vacancy|opening|place|function|seat|office|situation|application|submission|profile|cv|resume)(?: (?:of|as|for|:|–|-)|:) (?!(?:an? |the |our )?(?:position|role|post|job|vacancy)\b)(?:an? |the |our )?((?:[\w&/'’.+#-]+ ?){1,7})"
        ),
        5.0,
        frozenset(
            "position role post job vacancy opening place function seat office situation application submission profile cv resume".split()
        ),
    ),
    # "The job he was telling you about, banker mason, is still there"
    (
        re.compile(
            START + r"(?:job|role|position|post|vacancy)\b[^,.;:!?]{0,40}, ((?:[\w&/'’+#-]+ ){0,3}[\w&/'’+#-]+)(?=,)"
        ),
        3.5,
        frozenset("job role position post vacancy".split()),
    ),
    # "The junior product designer place"
    (
        re.compile(
            r"\b(?:for|about|in|of|the|our|this|an?) ((?:[\w&/'’.+#-]+ ){1,5}?)(?:place|chair|desk|stool|bench|spot|thing|questions|file|pile|papers|dossier|stuff|money|matter|business)\b"
        ),
        3.0,
        frozenset(
            "place chair desk stool bench spot thing questions file pile papers dossier stuff money matter business".split()
        ),
    ),
    # "It's the position traffic planner, 30 hours", "Vacancy 2026-031 permit officer (1.0 fte)"
    (
        re.compile(
            r"\b(?:position|vacancy|post|opening|role)(?: (?:nr\.?|no\.?|number)?:? ?[\w/.-]*\d[\w/.-]*,?)? ((?:[\w&/'’+#-]+ ){0,3}[\w&/'’+#-]+)(?=[,.;:(!?)]|$| [(–-])"
        ),
        3.0,
        frozenset("position vacancy post opening role".split()),
    ),
    (BEFORE, 5.0, ROLE_NOUNS | frozenset(("applicants", "candidates", "interviews"))),
    (
        re.compile(
            START
            + r"(?:join (?:us|\w+(?: \w+){0,3}) as|work (?:for us |with us |here )?as|start (?:with us )?as|hire you as|appoint you(?: as)?|employ you as|take you on as|you as|application as|apply(?:ing)? (?:to be|as|for)|applied (?:to be|as|for)|interviewing for|candidate for|interview for|considered for|cv for|resume for|hand up for|interest in|need of|short of|search(?:ing)?(?: for)?|look(?:ing)? for|short|would like(?! to\b)|(?:candidates|applicants|applications|interviews|money|budget|funds|funding) for|(?:mail|letter|message|note|enquiry|e-mail|email) about|wanted,? as|we (?:now )?take|has no|have no|recruitment of|meet you for|see you for|talk to you about|talk about|after|needs?|seek(?:ing)?|want(?:s)?|hiring|recruiting|find|without|be) (?:an? |the |our |becoming (?:an? |the |our )?|being (?:an? |the |our )?)?((?:[\w&/'’.+#-]+ ?){1,6})"
        ),
        3.5,
        frozenset(
            """join work start hire appoint employ take you application apply applying applied interviewing candidate interview considered
            cv resume hand interest need needs short search searching look looking would has have recruitment meet see talk after seek seeking want wants hiring recruiting find without be candidates applicants applications interviews money budget funds funding about wanted""".split()
        ),
    ),
)
# Behind "for" without an article stands a job, and behind "as" or "become" with one.
OF_NO_JOB = r"(?!(?:the|our|my|your|his|her|their|its|an?|this|that|these|those|all|any|every|each|some|another|you|me|us|him|them|it|what|being|now|sure|long|soon|well|much|far|good|and|or|at|in|on|about|of)\b)"
BEHIND_A_JOB = r"(?=\s?[.,;:!?)(/–]|$| (?:at|with|in|on|and|because|asap|please|but|or|here|from|trial|assessment|intake|req|thing|days|nights|temp|by|is|was|next|this|tomorrow|today)\b)"
AS_WRITTEN = (
    # "Confirming Tuesday 9am for yard foreman", "your interview to be a delivery rider", "becoming our commissioning editor"
    (
        re.compile(
            rf"\b(?:(?:[Ff]or|[Rr]e:?|[Rr]egarding|[Cc]alling it) {OF_NO_JOB}|(?:become|becoming|(?:to|would|could|will) be|as) (?:an? |our |their |the new |our new )(?:next |new |future )?)((?:[\w&/'’+#-]+ ){{0,3}}?[\w&/'’+#-]+){BEHIND_A_JOB}"
        ),
        3.0,
        frozenset("for re regarding calling become becoming be as".split()),
    ),
    # "The kennel hand thing", "the bench joiner trial", "for a conveyancing paralegal", "the new marketing lead"
    (
        re.compile(
            r"\b(?:the|our|your|an?) ((?:[a-z][\w/-]* ){0,2}[a-z][\w/-]*) (?:trial|assessment|intake|req|thing|cover|opening|candidate)\b"
        ),
        3.0,
        frozenset("trial assessment intake req thing cover opening candidate".split()),
    ),
    # "Occupation: Tool setter", "Assignment: Receptionist", "your function, wind resource analyst, please"
    (
        re.compile(
            r"^\W*(?:occupation|assignment|function|job title|title|post|position|role|job)\s*[:–] ?((?:[\w&/'’+#-]+ ){0,4}[\w&/'’+#-]+)\W*$",
            re.I,
        ),
        5.0,
        frozenset("occupation assignment function title post position role job".split()),
    ),
    # "Re tug dispatcher at Casco Tow", "about continuity announcer with us"
    (
        re.compile(
            r"\b(?:[Rr]e:?|[Aa]bout|[Rr]egarding) ((?:[a-z][\w-]* ){0,3}[a-z][\w-]*) (?:at (?=[A-Z])|with us\b|here\b)"
        ),
        3.5,
        frozenset(("re", "about", "regarding")),
    ),
    # "Just what the shop needs as our next dispensing optician"
    (
        re.compile(
            r"\b(?:as|be|become|becoming|being) (?:our|the|my|their) (?:next|new|future|second) ((?:[\w&/'’+#-]+ ?){1,5})"
        ),
        3.5,
        frozenset("next new future second".split()),
    ),
    # "Account manager at Loud Lemon, the Bermondsey lot"
    (re.compile(r"^([A-Z][\w-]+(?: [a-z-]+){1,3}) (?:at|with) (?=[A-Z])"), 3.5, frozenset(("at", "with"))),
    # "The larviculture biologist that we need"
    (
        re.compile(
            r"\b(?:the|an?|our|this) ((?:[\w-]+ ){1,4}?)(?:that|whom|which|who) (?:we|I) (?:(?:so |still |now |really )?(?:need|seek|miss|lack|want)|(?:are|am) (?:looking|searching) for|look for)\b"
        ),
        3.5,
        frozenset("that whom which who".split()),
    ),
    (
        re.compile(
            r"\b(?:[Rr]ole|[Jj]ob|[Pp]ost|[Pp]osition) (?:is|is called|would be|will be) (?:an? |the |our )?((?:[\w&/'’.+#-]+ ?){1,6})"
        ),
        4.9,
        frozenset("role job post position".split()),
    ),
    (
        re.compile(
            r"\b(?:whether|if|that|think|as|so) ((?:[\w-]+ ){1,4}?)(?:is|would be|might be|could be) (?:the|an?|your) (?:(?:right|good|best|next|proper) )?(?:seat|role|job|place|spot|position|chair|fit|post)\b"
        ),
        3.5,
        frozenset("seat role job place spot position chair fit post".split()),
    ),
    (
        re.compile(r"\b(?:what|how) (?:an?|our|the) ((?:[\w-]+ ){1,4}?)(?:does|works|lives|spends)\b"),
        3.5,
        frozenset("does works lives spends".split()),
    ),
)


# "You are the person for us – piano technician, 25 hours"
ASIDE = re.compile(r"\s[–-] ((?:[a-zà-ÿ-]+ ){1,3}[a-zà-ÿ-]+)(?=[,.;!?]|$)")
