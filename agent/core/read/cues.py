"""The table of cues: which words do what. A cue is one row; `acts` runs the table over the sentences of a message.

A row is (act, score, anchors, pattern). A pattern is tried only on sentences that hold one of its anchor words, which keeps
reading fast; an empty anchor list means every sentence. Patterns see the sentence as `acts.normal` writes it: lower case,
contractions written out, and DAY, TIME, LENGTH, ROLE, ORG, NAME in place of what was recognised already.

Rule 1: score 5 and more decides by itself, 3 needs company or context, 1 and 2 only support.
Rule 2: no pattern may backtrack badly: no nested repetition, gaps are bounded ("{0,40}").
Rule 3: what a negation or a condition turns round is said in the pattern itself or in `acts`.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from agent.core.read.reading import Act

MEETING = r"(?:interview|meeting|talk|call|conversation|chat|discussion|appointment|panel|session|visit|video ?call|videocall|zoom|slot|round|get-together|catch-?up|date|trial( shift| day)?|try-?out|phone ?call|screening|audition|lesson|demo lesson|hearing|board|walk|tour|day|coffee|skype|teams call|interviews)"
JOB = r"(?:ROLE|job|role|position|post|place|vacancy|opening|opportunity|seat|contract|gig|spot|slot|placement|appointment|chair|work)"
OTHERS = (
    r"(?:another|an other|some(?:one|body)\b|anyone|a different|other candidates?|the other (?:candidate|person|applicant|one|lady|gentleman|woman|man|lad|girl|chap|guy)|other applicants?|others\b|an? (?:\w+ ){0,3}(?:candidate|applicant|person|colleague|woman|man|lady|gentleman|lad|girl|chap|guy|fella|bloke|graduate|hire|engineer|teacher|nurse|cook|chef|designer|applicant|insider|local|veteran|specialist|friend|mother|father|former \w+|ROLE|boy|couple|neighbour|young \w+|fellow)\b"
    r"|one of (?:our|the|their)|(?:the|our|their) (?:internal|other|local|current|former|younger|more experienced) \w+|internal(?:ly)? |in-house|NAME\b|a (?:closer|stronger|better) )"
)
THEM = r"(?:us|ORG|our team|the team|my team|our \w+|the \w+)"


class Cue(NamedTuple):
    act: Act
    score: float
    anchors: frozenset[str]
    pattern: re.Pattern[str]


def cue(act: Act, score: float, anchors: str, pattern: str) -> Cue:
    return Cue(act, score, frozenset(anchors.split()), re.compile(pattern))


R, O, C, M, F = Act.REJECT, Act.OFFER, Act.CANCEL, Act.MOVE, Act.FIX
P, I, S = Act.PROPOSE, Act.INVITE, Act.STATUS

REJECTION = (
    cue(
        R,
        8,
        "unsuccessful",
        r"\b(?:been|were|was|are|is|proved|be) (?:\w+ )?unsuccessful\b|\bunsuccessful (?:on this|this time|in your|application|candidate)",
    ),
    cue(
        R,
        8,
        "successful selected shortlisted chosen appointed placed progressed recommended retained considered invited taken",
        r"\b(?:not|never) (?:been |be |being |going to be )?(?:\w+ ){0,2}(?:successful|selected|shortlisted|chosen|appointed|placed|progressed|recommended|retained|invited|taken (?:forward|further)|considered (?:further|any further))\b(?! yet)",
    ),
    cue(
        R,
        8,
        "move moving proceed proceeding progress progressing continue continuing take taking pursue pursuing go going advance advancing bring bringing invite inviting extend carry consider considering put putting",
        r"\b(?:will|would|can|could|do|does|did|are|is|am|have|has|shall|may) not (?:be |now be |been )?(?:able to )?(?:\w+ ly )?(?:mov(?:e|ing)|proceed(?:ing)?|progress(?:ing)?|continu(?:e|ing)|tak(?:e|ing) (?:you|your|this|it|things|matters)|pursu(?:e|ing)|go(?:ing)? (?:forward|ahead|further|any further|on with)|advanc(?:e|ing)|bring(?:ing)? you|invit(?:e|ing) you|extend(?:ing)?|carry(?:ing)? (?:your|this)|consider(?:ing)? (?:you|your)|putt?(?:ing)? you (?:forward|through))\b(?!.{0,30}\b(?:until|before|till|without)\b)(?! yet)",
    ),
    cue(
        R,
        8,
        "not against",
        r"\b(?:decided|chosen|opted|resolved|elected|agreed|voted|concluded|had to decide) (?:\w+ ){0,3}(?:not to (?:proceed|move|take|progress|continue|go|offer|pursue|invite|hire|fill|appoint|advance|bring|make|engage|employ)|against)\b",
    ),
    cue(
        R,
        8,
        "not",
        r"\b(?:is|are|am|was|were|will|would|can|could|shall) not (?:be )?(?:able |in a position |going )?(?:to )?(?:offer(?:ing)?|give|giving|award(?:ing)?|propose|hire|hiring|employ(?:ing)?|engag(?:e|ing)|appoint(?:ing)?) (?:you )?(?:(?:the|a|this|that|any|our|you) ?)?(?:\w+ )?(?:ROLE|job|role|position|post|place|contract|employment|vacancy|you)\b",
    ),
    cue(
        R,
        8,
        "unable cannot",
        r"\b(?:unable|cannot|not able|not in a position) (?:to )?(?:offer|give|award|hire|employ|take you on|make you an offer|proceed|progress|move forward|take (?:your|this|it|things) )(?!.{0,30}\b(?:before|until|till|time|slot|date)\b)",
    ),
    cue(
        R,
        8,
        "gone going go went choosing chose chosen opted opting moved moving move proceed proceeding proceeded picked settled selected appointed hired decided plumped taken took offered sign signed signing given favour preferred voted landed",
        rf"\b(?:gone?|going|goes|went|cho(?:se|sen|osing)|opt(?:ed|ing)|mov(?:ed?|ing)|proceed(?:ed|ing)?|picked|settled|selected|appointed|hired|decided|plumped|signed|signing|sign|landed|preferred|voted|leaned)(?: ahead| forward| on| in the end| instead| finally| now| unanimously| then)?(?: with| for| on| in favou?r of| to (?:appoint|hire|take on|take|go with|offer|move (?:ahead|forward) with|proceed with|sign)(?: it to| the {JOB} to)?)? {OTHERS}",
    ),
    cue(
        R,
        7,
        "gone went go given gave give offered offer taken filled goes awarded handed accepted promoted",
        rf"\b{JOB}s? (?:has |have |had |is |was |were |will |now |already |at ORG )*(?:gone?|went|goes|going|given|offered|awarded|handed|promised|taken|filled|accepted)(?: up)? (?:internally |instead |now |in the end |on \w+ |DAY )*(?:to|by|with) (?!you\b|the board|the next|committee)",
    ),
    cue(
        R,
        7,
        "given gave give giving offered offering offer awarded handed hand taken",
        rf"\b(?:given?|gave|giving|offer(?:ed|ing)?|awarded|handed?|promised) (?:the |this |that |our |it |ORG )*(?:{JOB} )?(?:at ORG )?to (?!you\b|me\b|us\b|your\b|be\b|do\b|have\b|see\b|meet\b|help\b|talk\b)(?:{OTHERS}|the |her |his |my |our )",
    ),
    cue(
        R,
        7,
        "filled taken closed cancelled canceled withdrawn gone deleted abolished scrapped axed disappeared eliminated",
        rf"\b(?:the |this |that |our |your )?{JOB}s? (?:\w+ ){{0,3}}?(?:has|have|is|was|are|were|had) (?:now |already |since |just |been |therefore |unfortunately |sadly |all |to be )*(?:filled|taken|closed(?! on| for applications)|cancell?ed|withdrawn|gone|deleted|abolished|scrapped|axed|eliminated|pulled|shelved for good)\b(?! by hand)",
    ),
    cue(
        R,
        7,
        "longer",
        rf"\b(?:{JOB}|we|it|requisition) (?:is|are|am|does|do)(?: sadly| unfortunately)? no longer (?:available|open|exists?|exist|hiring|recruiting|looking|going ahead|being recruited|under consideration|needed)|\bno longer (?:under consideration|be considered|hiring|recruiting|looking for)\b",
    ),
    cue(
        R,
        7,
        "frozen freeze freezing",
        r"\b(?:frozen|freeze|freezing)\b.{0,40}\b(?:for good|indefinitely|until further notice|permanently|all hiring)\b",
    ),
    cue(
        R,
        6,
        "answer no",
        r"\b(?:the|our|my|his|her|their) (?:answer|verdict|decision|reply) (?:is|was|has to be|must be|came back|this time is) (?:a |an |sadly |unfortunately |therefore )*(?:no|negative|not (?:a )?(?:yes|positive|you|favou?rable|in your favou?r))\b|\b(?:it is|it was|that is|is) (?:a |sadly a |unfortunately a |therefore a )no\b(?! (?:brainer|smok|shoes|slides))",
    ),
    cue(
        R,
        6,
        "second runner-up runner silver close narrowly pipped",
        r"\b(?:came|come|coming|you were|finished|ended|you are) (?:a |an |in )?(?:very |so )*(?:close |strong |good |worthy |narrow )*(?:second|runner-up|runner up|silver)\b(?! (?:interview|round|stage|meeting|talk|time|person))|\bpipped\b|\blost out\b",
    ),
    cue(
        R,
        6,
        "disappoint disappointing disappointed disappointment",
        r"\b(?:must|have to|need to|going to|sorry to|afraid to|hate to|obliged to|regret to) disappoint you\b|\bdisappointing (?:news|answer|outcome|message|mail|email)\b|\bknow (?:this|it) (?:is|will be|must be) (?:a )?disappoint",
    ),
    cue(
        R,
        6,
        "time occasion",
        r"\b(?:not|no)(?: be)?(?: you| a match| a yes| the one)?,? (?:on this occasion|this time(?: round| around)?)\b|\bon this occasion,? (?:you |we |your |it )?(?:\w+ ){0,3}not\b",
    ),
    cue(
        R,
        6,
        "fit match suited suitable",
        r"\bnot (?:quite |really |exactly )?(?:be |been )?(?:the |a |an |the right |a good |a close |the best |our )?(?:right |good |best |perfect |strong |close )?(?:fit|match|suited|suitable)\b(?! for (?:me|us) (?:on|at))",
    ),
    cue(
        R,
        6,
        "fit match suited matched experience experienced profile profiles qualified closely",
        r"\b(?:(?:more|better|closer|closely|stronger) (?:\w+ ){0,2}(?:fit|match|matched|suited|aligned|experienced|qualified|suitable)|more (?:relevant|direct|specific) experience)\b(?!.{0,20}\bthan (?:i|we) (?:thought|expected))",
    ),
    cue(
        R,
        5,
        "further",
        r"\b(?:not|nor|cannot|won t|never) (?:\w+ ){0,6}(?:any |no )?further\b(?! (?:delay|ado|questions?|notice|information|details|steps? needed))",
    ),
    cue(
        R,
        6,
        "regret",
        r"\b(?:regret|sorry|sad) (?:to (?:have to )?(?:inform|tell|say|advise|let you know|write)|that) (?:you )?(?:that )?(?:.{0,60})\b(?:not|unsuccessful|unable|no longer|declined|closed|filled|another|other candidates?|without success)\b",
    ),
    cue(
        R,
        5,
        "regret regrets",
        r"\b(?:we|i|committee|board|panel|it is with) (?:much |great |sincerely |do )?regrets? (?:to|that)\b(?! (?:to )?(?:hear|read|learn|miss|keep|the delay))",
    ),
    cue(
        R,
        5,
        "unfortunately sadly alas",
        r"\b(?:unfortunately|sadly|alas),? (?:\w+ ){0,6}(?:not (?:\w+ ){0,3}(?:you|your|offer|select|success|forward|further|proceed|invite)|decided|chosen|other|another|gone|went|filled|someone|somebody)\b",
    ),
    cue(
        R,
        5,
        "better good happier different wish wished",
        r"\b(?:wish|wished|would have liked|would have loved|would rather have|hoped) (?:i|we|to|it|this)? ?(?:had|have|could|were|bring|send|give)? ?(?:you |to )*(?:\w+ )*?(?:better|good|happier|different|other) (?:news|answer|tidings|outcome)\b|\bnot the (?:news|answer|outcome|result|call|mail|email|message|letter) (?:you|i|we|that)\b",
    ),
    cue(
        R,
        5,
        "decline declined reject rejected turned turn turning",
        r"\b(?:have to|must|had to|need to|will|has|have|was|been|to) (?:\w+ )?(?:declined?|reject(?:ed)?|turn(?:ed)?) (?:you|your|you down|your application|down your)\b",
    ),
    cue(
        R,
        6,
        "instead",
        r"\b(?:hired|took|taken|appointed|chose|chosen|picked|promoted|offered|found) (?:\w+ ){0,6}instead\b(?!.{0,20}\b(?:DAY|TIME)\b)",
    ),
    cue(
        R,
        6,
        "won win winning",
        r"\b(?:won|win|edged|nosed|tipped)(?: it| out| the day| the vote| through| ahead| the race| the scale)\b(?! for you)",
    ),
    cue(
        R,
        6,
        "ahead edge",
        r"\b(?:someone|somebody|another|one|other|candidate|person|applicant)s? (?:\w+ ){0,3}(?:just |a little |slightly |narrowly |was |were |had |has )*(?:ahead of you|edged|the edge|nosed|beat you|pipped)\b",
    ),
    cue(
        R,
        6,
        "cut list",
        r"\b(?:not|never) (?:quite )?(?:made?|make|making) (?:it|the cut|the (?:final |short)?list|the next|it (?:through|to|into|past))\b(?!.{0,25}\b(?:DAY|TIME|on time|by)\b)",
    ),
    cue(
        R,
        6,
        "on",
        rf"\b(?:has|have|is|are) (?:already |now |just |since )?(?:found|hired|appointed|signed|recruited|contracted|taken on|got) {OTHERS}",
    ),
    cue(
        R,
        4,
        "internal internally own promote promoted",
        r"\b(?:internal (?:candidate|applicant|colleague|solution|appointment|move|hire)|filled (?:it )?internally|from (?:our|her|his|their|my) own (?:team|ranks|house|people|staff)|someone (?:in-house|already (?:here|working|with us)))\b",
    ),
    cue(
        R,
        4,
        "space spaces places seats shortlist",
        r"\bno (?:place|room|seat|spot) for you\b|\byou (?:are|were) not on (?:the|our) (?:short)?list\b",
    ),
    cue(R, 4, "without", r"\b(?:without|minus) (?:you|success)\b(?! (?:it|knowing|we))"),
    cue(
        R,
        5,
        "ended end ends stops stop",
        r"\b(?:your|this|the) (?:journey|process|road|application|candidacy|candidature|path|story) (?:with us |here |at ORG |has |sadly |must )*(?:ends?|ended|stops?|has come to an end|goes no further|is closed|was closed)\b",
    ),
    cue(R, 5, "release released", r"\b(?:release you|let you go|set you free|not keep you (?:waiting|hanging) any)\b"),
)

SOFT_NO = (
    cue(
        Act.WISH_WELL,
        3,
        "search future career success luck endeavours endeavors hunt",
        r"\b(?:wish|wishing|best|luck|success|good fortune|all the best) (?:you )?(?:.{0,40})\b(?:search|future|career|hunt|endeavou?rs|elsewhere|next step|applications|path|journey)\b",
    ),
    cue(
        Act.WISH_WELL,
        3,
        "file drawer pool records database mind",
        r"\b(?:keep|kept|put|hold|retain|store|leave|have)(?:ing)? (?:.{0,30})\b(?:on file|on record|in (?:the|our|my) (?:drawer|talent pool|records|files|database|pool|system|folder)|in mind for|on our books)\b",
    ),
    cue(
        Act.WISH_WELL,
        3,
        "apply again future",
        r"\b(?:apply again|re-?apply|future (?:vacanc|opening|opportunit|role|position)|other (?:vacancies|openings) (?:with|at|on)|try (?:us )?again)\b",
    ),
    cue(
        Act.WISH_WELL,
        2,
        "decision choice field standard applicants candidates applications",
        r"\b(?:hard|difficult|tough|tight|close|agonising|agonizing|painful|not an easy|not easy|hardest) (?:\w+ )?(?:decision|choice|call)\b|\b(?:strong|high|exceptional|impressive|large) (?:\w+ )?(?:field|standard|calibre|caliber|number of (?:applicants|applications|candidates))\b",
    ),
    cue(
        Act.WISH_WELL,
        2,
        "reflection nothing anything feedback fault",
        r"\b(?:no reflection|nothing (?:you did|wrong|to do with)|(?:was|is) not anything you|not your fault|(?:glad|happy) to (?:give|share|offer) (?:you )?(?:some )?feedback|chin up|do not be disheartened|keep your head up|hope you find)\b",
    ),
)

OFFERS = (
    cue(
        O,
        8,
        "offer",
        r"\b(?:pleased|delighted|happy|thrilled|glad|excited|proud|honou?red|love|like|want|wish|able|pleasure|ready|keen|authori[sz]ed|decided|agreed|voted|going|intend|hereby|joy|chuffed|overjoyed) (?:\w+ ){0,4}?(?:to )?(?:formally |officially |now |be able to |herewith |hereby |be )*(?:offer|offering|extend|make|propose)(?:ing)? (?:to )?you (?:\w+ ){0,4}?(?:ROLE|job|role|position|post|place|contract|employment|offer|appointment|it)\b",
    ),
    cue(
        O,
        8,
        "offer offering offered",
        r"\b(?:we|i|ORG|they|board|committee|panel|partners|company|team|NAME|hereby|would like to|want to) (?:\w+ ){0,3}(?:offer|offering|offered|extend|extending) you (?:the |a |an |this |our |that )?(?:\w+ ){0,3}?(?:ROLE|job|role|position|post|place|contract|employment|appointment)\b",
    ),
    cue(
        O,
        8,
        "join",
        r"\b(?:would|we|i|they|all|ORG|team) (?:\w+ ){0,3}(?:love|like|want|wish|be (?:delighted|happy|thrilled|honou?red|glad|pleased)|happy|delighted|thrilled) (?:for )?you to (?:come and |come )?(?:join|work (?:with|for)|be|become|take|start|have|run|lead|sign)\b(?!.{0,25}\b(?:for (?:an?|the) (?:interview|chat|call|talk|coffee|lunch|panel|trial)|on (?:DAY|a call|zoom|teams)|us (?:on DAY|for)|the call|the meeting|by video|(?:in|to) the (?:next|second|final)))",
    ),
    cue(
        O,
        8,
        "yours",
        rf"\b(?:{JOB}|it|desk|ladder|kitchen|chair|keys?|bench) (?:is|would be|are|s) yours\b(?! (?:truly|sincerely))|\byours if you\b",
    ),
    cue(
        O,
        8,
        "got have get",
        r"\b(?:you (?:have )?(?:got|have|get|landed|nailed|won|are getting)|it is you who (?:has|gets)) (?:the|this|that) (?:job|role|position|post|gig|part|place|contract)\b(?! (?:advert|description|spec|details))",
    ),
    cue(
        O,
        7,
        "welcome",
        r"\bwelcome (?:aboard|to the (?:team|family|crew|company|firm|gang|house|club|staff)|on board|to ORG)\b(?!.{0,30}\b(?:newsletter|account|app|website|portal|community|rewards)\b)",
    ),
    cue(
        O,
        7,
        "offer",
        r"\b(?:formal|written|official|verbal|firm|final|our|the|an|this|your|my|conditional|unconditional|job|employment|following) (?:job |employment |written |formal )?offer (?:letter|of employment|of appointment|is attached|attached|below|for (?:the|you)|stands|is (?:as|for|valid|open|good|on)|to you|in writing|enclosed|document|you will find|runs|expires|comes|goes|with)\b|\b(?:letter of (?:offer|appointment|employment)|offer letter|employment offer|job offer|offer of employment|appointment letter|contract of employment)\b",
    ),
    cue(
        O,
        7,
        "contract agreement",
        r"\b(?:your|the|a|draft|employment|unsigned) (?:employment )?(?:contract|agreement)(?: of employment)? (?:is |are |and .{1,30} (?:is|are) )?(?:attached|enclosed|herewith|for (?:you to sign|signature|your signature)|follows|below|ready)\b",
    ),
    cue(
        O,
        7,
        "choose chosen chose choice decided picked want picking first",
        r"\b(?:we|i|they|panel|committee|board|everybody|everyone|team|all) (?:\w+ ){0,3}(?:have )?(?:cho(?:ose|sen|se)|decided (?:for|on|in favou?r of)|picked|selected|voted for|settled on|want|would like to (?:hire|appoint|employ|take on)|going to (?:hire|appoint)|appoint(?:ed)?) you\b(?!.{0,35}\b(?:interview|round|stage|meet|talk|to (?:know|have|see|come|meet|send|tell|hear|do|bring|take part|read)|shortlist|for (?:the )?(?:next|second|final)|as one of|among)\b)|\byou (?:are|were) (?:our|the|my) (?:\w+ )?(?:first )?(?:choice|one|pick|winner|person|woman|man)\b",
    ),
    cue(
        O,
        8,
        "want wants",
        r"\b(?:want|wants|would like|would love) (?:to have |to hire |to employ )?you (?:as|for (?:the|our|their|this)|on (?:the|our) (?:team|crew|payroll|staff)|in (?:the|our) (?:team|kitchen|office|lab|crew|workshop)|here|full time|permanently)\b(?!.{0,40}\b(?:interview|chat|talk|meeting|visit|DAY at|call)\b)",
    ),
    cue(O, 7, "come work", r"\bcome (?:and )?work (?:here|for us|with us|for me|with me|for ORG|at ORG)\b"),
    cue(
        O,
        6,
        "start",
        r"\b(?:can|could|would) you start (?:on DAY|DAY|with us|in|at the|as)\b|\bstart(?:ing)? (?:date|day) (?:of|would be|is|on)\b.{0,60}\b(?:salary|gross|per (?:hour|month|annum|year|week)|a (?:month|year|week)|contract)\b",
    ),
    cue(
        O,
        6,
        "recommend recommended approved",
        r"\b(?:approved|recommended|confirmed) your (?:appointment|hire|hiring|employment|contract)\b|\byour appointment (?:as|to) (?:ROLE|the)\b.{0,30}\b(?:approved|confirmed|effective|agreed)\b",
    ),
    cue(
        O,
        5,
        "salary gross annum package terms pay wage hourly",
        r"\b(?:salary|gross|wage|pay|package|remuneration|terms) (?:of|is|would be|will be|comes to|at|as (?:discussed|follows|agreed)|:)\b.{0,60}",
    ),
    cue(
        O,
        3,
        "congratulations congrats",
        r"\b(?:congratulations|congrats)\b(?!.{0,60}\b(?:round|stage|shortlist|interview|next|step|final)\b)",
    ),
    cue(
        O,
        3,
        "decide deadline answer sign",
        r"\b(?:let (?:us|me) (?:know|have) (?:your (?:answer|decision)|if you (?:accept|want it)|whether you accept)|think (?:it over|on it|about it)|what you decide|sign(?:ed)? (?:copy|and return)|your (?:yes|signature|decision|acceptance))\b",
    ),
)

MOVES = (
    cue(
        M,
        7,
        "move moved moving shift shifted shifting push pushed pushing reschedule rescheduled rescheduling rearrange rearranged bring brought postpone postponed put switch switched swap change changed delay delayed relocate bump bumped slide slipped slip set transfer transferred advance advanced",
        rf"\b(?:mov(?:e|ed|ing)|shift(?:ed|ing)?|push(?:ed|ing)?|re-?schedul(?:e|ed|ing)|re-?arrang(?:e|ed|ing)|re-?set|bring|brought|postpon(?:e|ed|ing)|put|switch(?:ed)?|swap(?:ped)?|chang(?:e|ed|ing)|delay(?:ed)?|bump(?:ed)?|slid(?:e)?|slip(?:ped)?|transfer(?:red)?|advanc(?:e|ed)) (?:\w+ ){{0,3}}?(?:{MEETING}|you|it|us|this|that|your|our|things|everything|DAY|TIME|the time|the hour|ours|yours)\b.{{0,60}}?\b(?:to|until|till|for|from|back|forward|by|on|into|towards?) (?:\w+ ){{0,3}}(?:DAY|TIME|LENGTH)",
    ),
    cue(
        M,
        7,
        "instead rather",
        r"\b(?:DAY|TIME)\b.{0,40}\b(?:instead|rather than)\b|\b(?:instead|rather than|instead of|in place of|and not)\b.{0,25}\b(?:DAY|TIME)\b",
    ),
    cue(
        M,
        7,
        "new changed revised updated amended later earlier",
        rf"\b(?:new|changed|revised|updated|amended|different|other) (?:date|time|slot|hour|appointment|day|{MEETING})s? (?:\w+ ){{0,3}}?(?:is|are|will be|for|of|would be|now|:|on|at|than)\b|\bnew (?:date|time|slot|hour)\b",
    ),
    cue(
        M,
        6,
        "now",
        rf"\b{MEETING} (?:\w+ ){{0,2}}(?:is|will|takes place|has been|stands) (?:now|then)\b.{{0,30}}\b(?:DAY|TIME)\b|\bnow (?:on|at|be) (?:DAY|TIME)\b",
    ),
    cue(M, 6, "was", r"\(was:? .{0,10}(?:DAY|TIME)"),
    cue(
        M,
        6,
        "reschedule rescheduled rearrange rearranged re-arrange re-schedule postpone postponed postponing moved",
        r"\b(?:re-?schedul|re-?arrang|postpon)\w+\b.{0,60}",
    ),
    cue(
        M,
        5,
        "earlier later forward",
        r"\b(?:an|one|two|half an|LENGTH) (?:hour |day |week )?(?:earlier|later)\b|\bbring (?:it|us|our|the|this) .{0,20}forward\b",
    ),
)

CANCELS = (
    cue(
        C,
        7,
        "cancel cancelled canceled cancelling canceling scrap scrapped",
        r"\b(?:cancel(?:l?ed|l?ing|lation)?|scrap(?:ped)?|call(?:ed|ing)? off|calling off)\b(?!.{0,25}\b(?:policy|fee|free of charge|your (?:order|booking|subscription|account)|or reschedule|anytime|at any time)\b)",
    ),
    cue(C, 7, "call called calling", r"\bcall(?:ed|ing)? (?:\w+ ){0,5}off\b(?! (?:sick))"),
    cue(
        C,
        6,
        "off hold",
        rf"\b{MEETING} (?:\w+ ){{0,3}}?(?:is|are|has to be|must be|will be|has been|have been|was) (?:now |therefore |unfortunately )*(?:off|on hold|put off|put on hold|suspended|struck)\b|\b(?:DAY|TIME) is off\b",
    ),
    cue(
        C,
        6,
        "cannot unable not",
        rf"\b(?:cannot|can not|will not be able to|unable to|not able to|not going to be able to|not be able to|could not|must not) (?:\w+ ){{0,3}}?(?:see|meet|make|do|keep|hold|host|talk|speak|interview|receive|go ahead with|attend|have|take|honou?r|run|come|be there) (?:\w+ ){{0,5}}?(?:you\b|DAY|TIME|it\b|the {MEETING}|our {MEETING}|your {MEETING})(?!.{{0,20}}\b(?:earlier|any (?:later|earlier))\b)",
    ),
    cue(
        C,
        5,
        "place happen ahead",
        rf"\b(?:{MEETING}|it|this|DAY|we) (?:\w+ ){{0,3}}?(?:will|can|does|is|are) not (?:now )?(?:\w+ )?(?:take place|happen(?:ing)?|going? ahead|be held|go(?:ing)? on)\b",
    ),
    cue(C, 4, "postpone postponed hold", r"\b(?:postpone|hold off|put (?:\w+ ){0,3}on hold|put off|pause)\b"),
)

FIXES = (
    cue(
        F,
        6,
        "set booked confirmed down scheduled pencilled penciled slotted expected in",
        r"\byou (?:are|have been|are now|will be|were) (?:now |all |hereby |officially |both )*(?:set|booked(?: in)?|confirmed|down|scheduled|pencill?ed in|slotted in|expected|in (?:my|our|the) (?:diary|calendar|book|agenda)|on (?:the|our|my) (?:list|board|rota|schedule))\b",
    ),
    cue(
        F,
        6,
        "confirm confirmed confirming confirms confirmation stands fixed booked set agreed noted arranged scheduled reserved locked sorted settled diary calendar agenda book",
        r"\b(?:is|are|it is|stands|has been|have been|was|now|all|that is|duly|well|am|consider it|got|locks|put)(?: now| all| hereby| duly| therefore| then| well| officially)* (?:confirmed|fixed|booked|set|agreed|noted|arranged|scheduled|reserved|locked(?: in)?|sorted|settled|in the (?:diary|calendar|book|agenda)|set aside|down|entered)\b.{0,80}",
    ),
    cue(
        F,
        6,
        "confirm confirming confirms confirmation",
        r"\b(?:to|i|we|hereby|can|happy to|pleased to|would like to|let me|just|wanted to|writing to|quick(?:ly)?|this|mail|email|note) (?:\w+ )?confirm(?:s|ing)?\b(?! (?:if|whether|your|you|receipt|by|that you (?:can|are|will)|which|you can))(?!.{0,40}\b(?:receipt|received)\b)",
    ),
    cue(
        F,
        5,
        "confirmation confirmed booked booking reminder scheduled locked fixed",
        r"^(?:re: |fw: |fwd: )*(?:your )?(?:\w+ ){0,2}(?:confirmation|confirmed|booked|booking|reminder|scheduled|locked in|fixed|date set|appointment)\b.{0,5}",
    ),
    cue(
        F,
        6,
        "see seeing expect expecting meet meeting receive welcome welcoming await awaiting have call ring phone dial pick collect host talk speak hear",
        r"\b(?:we|i|he|she|they|NAME|our \w+|my \w+)(?: and (?:i|NAME))? (?:will|shall|am|are|is|look forward to|looking forward to)?(?: (?:then|therefore|now|both|all|be|very|so|happy|glad|to|much|already|gladly))*(?: be)? ?(?:see(?:ing)?|expect(?:ing)?|meet(?:ing)?|receiv(?:e|ing)|welcom(?:e|ing)|await(?:ing)?|have|having|call(?:ing)?|ring(?:ing)?|phon(?:e|ing)|dial|pick up|collect|host(?:ing)?|talk(?:ing)? (?:to|with)|speak(?:ing)? (?:to|with)) you\b.{0,60}\b(?:DAY|TIME)\b",
    ),
    cue(
        F,
        6,
        "see talk speak meet till until catch",
        r"(?:^|\b(?:and|so|great|good|perfect|ok|okay|right|super|then|thanks|fine|lovely|,) ?,?)(?:see|talk(?: to)?|speak(?: to)?|meet|catch) (?:you|ya|u|soon)\b.{0,20}\b(?:DAY|TIME|then|there)\b|\b(?:until|till) (?:then|DAY)\b.{0,4}$",
    ),
    cue(
        F,
        5,
        "looking look forward",
        r"\blook(?:ing)? (?:very much )?forward to (?:\w+ ){0,4}(?:seeing|meeting|talking|speaking|welcoming|having|hosting|our|the|it|DAY|your visit|showing)\b",
    ),
    cue(
        F,
        5,
        "agreed discussed promised said spoke talked phone call conversation chat chatting arranged",
        r"\b(?:as|like) (?:we )?(?:(?:just |already |have )?(?:agreed|discussed|promised|said|arranged|mentioned)|spoken)\b|\b(?:following|after|further to|further|thanks for|good|nice|grand|lovely|great) (?:up )?(?:to |on )?(?:our|your|the|chatting|talking|speaking|to (?:get|catch|talk|chat|speak))\b.{0,40}\b(?:phone|call|conversation|chat|now|today|earlier|morning|week|yesterday|telephone)\b",
    ),
    cue(
        F,
        5,
        "it is be",
        r"\b(?:so|then|right|ok|okay|well|now)?,? ?(?:it is|that is|it s|we are|we have|make it|let us say|we say|it will be) (?:on |for |then |therefore |now )*(?:DAY|TIME)\b",
    ),
    cue(
        F,
        5,
        "come arrive report ask join be bring ring present",
        r"^(?:so |please |kindly |then |just |you should |you can |do )*(?:come|arrive|report|ask for|join|be (?:here|there|at)|bring|present yourself|ring|show up|dial in|use|wear|park|take (?:the|lift))\b.{0,80}",
    ),
    cue(
        F,
        5,
        "when date time where location place venue",
        r"^(?:when|date(?: and time)?|date/time|time|day|datum)\b\s?:?\s?.{0,30}\b(?:DAY|TIME)\b",
    ),
    cue(
        F,
        5,
        "interview meeting talk call conversation appointment kennismaking panel",
        rf"\b(?:your|the|our|this) (?:\w+ ){{0,4}}{MEETING} (?:with .{{1,60}} )?(?:is|will be|takes place|will take place|starts|begins|has been|at|on|for)\b.{{0,60}}\b(?:DAY|TIME)\b",
    ),
    cue(
        F,
        5,
        "put",
        r"\b(?:have|has|had|i|we) (?:\w+ )?(?:put|pencill?ed|blocked|reserved|kept|saved|booked|held|marked|set aside|scheduled) (?:\w+ ){0,4}(?:DAY|TIME|you|diary|calendar|it)\b",
    ),
    cue(F, 4, "reminder remind reminding", r"\b(?:reminder|remind(?:ing)? you)\b"),
    cue(
        F,
        6,
        "DAY TIME",
        r"\b(?:we|you|i) (?:\w+ )?(?:said|agreed|settled on|fixed|go for|stick (?:to|with)|keep|say|have|take|make it)\b(?: \w+){0,3} (?:DAY|TIME)\b|\b(?:DAY|TIME),? then\b|\bthen,? (?:on |at |for )?(?:DAY|TIME)\b|\b(?:DAY|TIME) (?:it is|is fixed|stands|is set|is booked|is yours|is good|works|suits|is perfect|is fine|stays)\b",
    ),
    cue(
        F,
        6,
        "come pop drop swing call be ring turn present report step",
        r"^(?:\w+ ){0,3}?(?:come|pop|drop|swing|call|be|ring|turn|present|report|step|walk)\b.{0,70}\b(?:DAY|TIME)\b(?!.{0,60}\?)",
    ),
    cue(
        F,
        6,
        "locking lock locked pencil ink",
        r"\b(?:lock(?:ing|ed)?|pencil(?:ling)?|ink(?:ing)?) (?:it |that |this |you |us |DAY |TIME )*in\b",
    ),
    cue(F, 4, "noted", r"^(?:well |duly |all )?noted\b"),
    cue(
        F,
        4,
        "works",
        r"^(?:perfect|great|excellent|splendid|wonderful|super|fine|good|lovely|grand|brilliant|deal|done|sorted|beauty|ok|okay|right|fab)\b.{0,60}\b(?:DAY|TIME)\b",
    ),
)

PROPOSALS = (
    cue(P, 6, "TIME", r"\bTIME\b.{0,160}\?$"),
    cue(P, 6, "or", r"\b(?:DAY|TIME)\b.{0,60}\b(?:or|oder|o|ou)\b.{0,40}\b(?:DAY|TIME)\b"),
    cue(
        P,
        6,
        "which choose tell say pick one prefer yes",
        r"\bwhich (?:one|of|slot|day|time|suits|would|do|shall|is|works|date)\b.{0,50}\?|\b(?:so kind as to|please|kindly|just|only) (?:\w+ )?(?:choose|pick|tell me yes|say yes|say which|nod)\b|\b(?:tell|write|give|send) me (?:a |your |only )*(?:yes|ok|nod)\b|\bshall i (?:put|book|write|note|tell|say)\b.{0,40}\?",
    ),
    cue(
        P,
        6,
        "DAY TIME",
        r"^(?:so |and |but |or |then |well |maybe |perhaps |hi NAME |NAME |now |also |therefore )*(?:could|can|would|will|are|is|do|does|might|may|shall|how|what|when|which|any|up|fancy|ok|okay|free|possible|keen|if)\b.{0,140}\b(?:DAY|TIME)\b.{0,120}\?",
    ),
    cue(
        P,
        6,
        "DAY TIME",
        r"\b(?:DAY|TIME)\b.{0,80}\b(?:can|ok|okay|work(?:s|able)?|suit(?:s|able)?|fit(?:s|ting)?|convenient|possible|good for you|good|alright|all right|fine|agreeable|acceptable|any (?:good|use)|doable|do you|for you|please|yes|right|cool|sound|deal)\b.{0,40}\?",
    ),
    cue(
        P,
        6,
        "DAY TIME",
        r"\b(?:would|could|can|might|may|is|are|has|have|does) (?:\w+ ){0,6}(?:free|available|suit|convenient|work|fit|possible|be (?:ok|okay|fine|good))\b.{0,60}\b(?:DAY|TIME)\b|\b(?:DAY|TIME)\b.{0,60}\b(?:would|could|might) (?:\w+ ){0,3}(?:suit|work|be (?:ok|okay|fine|good|convenient|possible|best)|fit|do)\b",
    ),
    cue(
        P,
        6,
        "confirm indicate advise tell know reply revert answer respond shout say",
        r"\b(?:please|kindly|could you|can you|would you|just|do|pls|plz|and|to|be so kind (?:as )?to) (?:\w+ )?(?:confirm|indicate|advise|tell (?:me|us)|let (?:me|us|her|him) know|reply|revert|answer|respond|drop|shout|say|give)\b.{0,50}\b(?:if|whether|which|what|when|your (?:availability|preference|choice|attendance|convenience)|availability|attendance|suits?|that (?:this|it|you|DAY|TIME)|prefer|works?|convenient|back|yes|a yes|you can|either|one|best|ok)\b",
    ),
    cue(
        P,
        6,
        "confirm",
        r"\b(?:please|kindly|pls|plz|could you|can you) (?:\w+ )?confirm\b.{0,6}$|\b(?:please|kindly|pls|plz) (?:\w+ )?(?:confirm|reconfirm)\b",
    ),
    cue(
        P,
        6,
        "slots slot times options dates",
        r"\b(?:available|possible|following|these|two|three|some|proposed|suggested|open|free|few) (?:\w+ )?(?:slots?|times?|options|dates|days|windows|appointments)\b|\bany of (?:these|those|the)\b|\beither of (?:those|these|them)\b",
    ),
    cue(
        P,
        6,
        "pick choose select book reserve calendar link scheduler calendly",
        r"\b(?:pick|choose|select|book|reserve|grab|find|claim|take) (?:yourself |out )?(?:a|your|an|one|any|the|whichever|whatever|what)(?: \w+){0,3} (?:slot|time|moment|date|option|appointment|day|hour|interview|suits|you)\b|\b(?:my|our|this|the|following) (?:calendar|scheduling|booking) (?:link|page|tool)\b|\bcalendar link\b|\bin (?:my|our) calendar\b.{0,80}\b(?:choose|pick|book)\b",
    ),
    cue(
        P,
        6,
        "when availability available free",
        r"\b(?:when|what (?:day|time|date)s?|which (?:day|time|date|of)s?) (?:\w+ ){0,4}(?:you|suits?|works?|would|could|are|can)\b.{0,50}\?|^(?:please |just |and |so )?(?:tell (?:me|us)|let (?:me|us) know|say) (?:when|what (?:day|time)s?) .{0,60}|\b(?:your|know your|share your|send (?:me|us) your|what is your|what are your) (?:\w+ )?availabilit(?:y|ies)\b",
    ),
    cue(
        P,
        5,
        "tell know",
        r"\b(?:tell|let) (?:me|us) (?:know )?(?:which|what|when|if|whether)\b.{0,50}\b(?:prefer|suits?|works?|best|like|free|convenient|you|fits?)\b",
    ),
    cue(
        P,
        5,
        "hold holding keep keeping",
        r"\b(?:hold|holding|keep|keeping|pencilled|reserved|blocked) (?:\w+ ){0,3}(?:DAY|TIME|the time|both|slot|it|that|open)\b.{0,40}(?:\buntil\b|\bfor you\b|\bor\b|\band\b)",
    ),
    cue(
        P,
        5,
        "yes interested keen",
        r"\b(?:can|shall|may|should) i (?:tell|say|let|confirm|put|book|pencil)\b.{0,40}\?|^(?:keen|interested|up for it|what do you (?:think|say)|are you (?:in|game|up for it|interested)|deal|yes|ok|okay|does (?:that|this|it) (?:suit|work|fit)(?: you| for you)?|would (?:that|this|it|either) (?:suit|work|be|do).{0,50}|is (?:that|this|it) (?:ok|okay|good|possible|convenient|alright|any good).{0,20}|how does (?:that|this) (?:sound|look)|can you (?:make|do|manage) (?:it|that|this)|any good|possible)\s?\?",
    ),
    cue(
        P,
        5,
        "suit suits fits",
        r"\bif (?:that|this|it|you|the|one|either)(?: \w+){0,4} (?:suits?|works?|fits?|can|agree|are free|is (?:ok|okay|convenient|fine)|does|not)\b",
    ),
    cue(
        P,
        5,
        "propose proposed suggest suggesting",
        r"\b(?:i|we|he|she|they|would|to) (?:\w+ )?(?:propose|suggest|proposing|suggesting|offer you|had in mind|thought of|was thinking|am thinking)\b.{0,60}\b(?:DAY|TIME)\b",
    ),
)

INVITES = (
    cue(
        I,
        5,
        "invite inviting invitation invited",
        rf"\b(?:invit(?:e|ing|ed|ation)) (?:you )?(?:\w+ ){{0,4}}(?:to|for|in|over|round|along)\b.{{0,50}}\b(?:{MEETING}|meet|speak|talk|next (?:stage|step|round))\b",
    ),
    cue(
        I,
        5,
        "meet talk speak chat see know discuss interview conversation acquainted natter word",
        r"\b(?:would|i|we|he|she|they|NAME|team|ORG|panel|committee|director|manager|head|lead)(?: \w+){0,5}? (?:like|love|want|wants|wishes|wish|be (?:keen|glad|happy|delighted|interested|pleased|great)|keen|curious|hoping|hope|should like|happy|eager|glad)(?: to|)(?: \w+){0,4}? (?:meet|talk|speak|chat|see|know|discuss|interview|conversation|acquainted|word|natter|hear (?:more|about)|look at you|call|catch|sit down|have you|welcome you|show|invite|arrange|set up|schedule|set)\b",
    ),
    cue(
        I,
        5,
        "shortlisted shortlist",
        r"\b(?:shortlisted|short-?list(?:ed)?|short stack|long-?list|selected for (?:an? |the )?(?:interview|next)|(?:made|through|progressed|moved|advanced|passed|retained)(?: it)? (?:\w+ )?(?:to|through to|onto|into|with) (?:the|our) (?:next|short|second|final|interview|last))\b",
    ),
    cue(
        I,
        5,
        "interview round step stage meeting",
        r"\b(?:next|first|second|third|final|last|1st|2nd|3rd|further|another|follow-up|in-person|on-?site|phone|video|introductory|short|informal|technical) (?:\w+ ){0,2}(?:interview|round|step|stage|meeting|conversation|chat|call|talk)\b",
    ),
    cue(
        I,
        4,
        "come visit drop pop",
        r"\b(?:come|pop|drop|swing|stop|call) (?:and |on |over |in |by |to |along |round |out |up |down )+(?:see|meet|visit|us|me|our|the|for|in|to)\b",
    ),
    cue(
        I,
        4,
        "free available availability",
        r"\b(?:are you|would you be|you are|be you|if you are) (?:\w+ ){0,2}(?:free|available|around|able|in town)\b",
    ),
    cue(
        I,
        3,
        "set arrange schedule organise organize fix find",
        rf"\b(?:set up|arrange|schedule|organi[sz]e|fix|find|book|plan|settle) (?:\w+ ){{0,4}}(?:{MEETING}|time|date|slot|moment|something|appointment|hour)\b",
    ),
)

REQUESTS = (
    cue(
        Act.ASSESS,
        6,
        "task test assignment exercise challenge case assessment questionnaire homework kata puzzle problem sample worksheet brief piece trial mock",
        r"\b(?:complete|do|submit|send|take|finish|prepare|return|solve|hand in|write|mail|record|design|draft|make|try|work (?:on|through)|tackle|set you|given? you|have (?:a go|you)|attempt|sit|fill (?:in|out)|upload|attached|enclosed|find|here is|put|share|want(?:s)? (?:to see|you)|like you to|ask you to|see)\b.{0,80}\b(?:task|test|assignment|exercise|challenge|case(?: study)?|assessment|homework|kata|puzzle|coding|take-home|sample (?:lesson|translation|text|article|plan|menu|chapter)|aptitude|work sample|trial (?:task|piece)|mock)\b",
    ),
    cue(
        Act.ASSESS,
        6,
        "task test assignment exercise challenge case assessment",
        r"\b(?:take-?home|coding|technical|home|written|short|small|little|practical|online|aptitude|psychometric|skills|design|data|writing|translation|programming|paper|test) (?:task|test|assignment|exercise|challenge|case(?: study)?|assessment|piece)\b(?!.{0,30}\b(?:went|was|you did|you sent|received|passed)\b)",
    ),
    cue(
        Act.ASSESS,
        5,
        "solution answers code repo worksheet recording",
        r"\b(?:send|mail|return|submit|upload|push|hand in) (?:\w+ ){0,3}(?:solution|answers|your code|the code|repo|worksheet|recording|results?|finished)\b",
    ),
    cue(
        Act.ASK_INFO,
        6,
        "documents document references reference referees referee payslips payslip salary certificates certificate copy copies cv resume portfolio diploma diplomas passport transcripts transcript licence license licences registration check details form forms id papers proof slips expectations period number numbers letters letter permit visa photo photos degree degrees contacts contact address scans scan statement list names name samples records record card cards availability insurance birth bank",
        r"\b(?:please|kindly|could you|can you|would you|will you|we (?:still |also |now |would |will |just )*(?:need|require|ask|miss|lack)|i (?:still |also |now |just |would )*(?:need|require|miss|lack)|need from you|(?:is|are|be) (?:missing|needed|required|outstanding)|send|share|provide|forward|supply|let (?:me|us) have|fill in|fill out|complete|upload|submit|bring|attach|furnish|e-?mail|mail|scan|drop|have|get|give|return|asks? (?:you )?for|wants?|requires?|wishes?)\b.{0,90}\b(?:documents?|references?|referees?|payslips?|salary (?:slips?|expectations?)|certificates?|cop(?:y|ies)|cv|resume|portfolio|diplomas?|passport|transcripts?|licen[cs]es?|registration|background check|police (?:check|clearance|certificate)|forms?|id\b|papers|proof|expectations?|notice period|letters?|permit|photos?|degrees?|contact (?:details|persons?)|scans?|work samples?|records?|vaccination|bank details|cards?|right to work|two names|names of|phone numbers?)\b",
    ),
    cue(
        Act.ASK_INFO,
        6,
        "salary notice start earliest licence visa permit relocate referees expectations expecting rate",
        r"\b(?:what|when|how|do you|are you|would you|could you|have you|which|whether|may i ask|if you)\b.{0,60}\b(?:salary|notice period|notice|(?:could|can) you start|start date|earliest|driving licen[cs]e|licen[cs]e|visa|work permit|right to work|relocat\w+|expectations?|expecting|day rate|hourly rate|current (?:pay|package|employer)|your referees|languages?|certified)\b.{0,60}(?:\?|$)",
    ),
    cue(
        Act.ASK_INFO,
        5,
        "following questions few information details things items points",
        r"\b(?:send|share|answer|provide|let (?:me|us) (?:have|know)|need|with) (?:\w+ ){0,4}(?:the following|(?:a )?(?:few|couple of|some|two|three|further|more|missing) (?:\w+ )?(?:questions|information|details|things|items|points|documents|papers|answers))\b",
    ),
)

STATUSES = (
    cue(
        S,
        6,
        "still yet forgotten",
        r"\bstill (?:to |be |being |very much |all |busy |in (?:the )?(?:process|middle|progress|discussion|talks|running|review)|re-?view\w*|decid\w*|wait\w*|interview\w*|see(?:ing)?|meet\w*|consider\w*|under|with (?:the|our|my)|looking|going|comparing|discussing|talking|open|pending|working|weighing|reading|finali[sz]ing|have|has|got|need|not|on (?:my|the|his|her)|alive|a (?:few|couple)|two|three|one|some|at|missing|checking|collecting|short|sitting|hoping|undecided|deliberating|moving|holding|thinking|getting|expecting|sorting|more|other|out|no|coming|trying|there)",
    ),
    cue(
        S,
        6,
        "decision news update decided answer verdict outcome word result",
        r"\b(?:no|not (?:made|taken|reached|got|have|had|come to)|without|yet to make|have not (?:made|taken|got|had|reached)|has not (?:made|taken|been|come)|nothing) (?:\w+ ){0,4}(?:decision|news|update|answer|verdict|outcome|word|result|conclusion|decided)\b",
    ),
    cue(
        S,
        6,
        "decided forgotten finished heard made met concluded chosen settled",
        r"\b(?:have|has|had|is|are|was|were|do|did) not (?:yet |been |quite |all |even |actually )*(?:decided|forgotten|finished|heard|made (?:up|a|our|the|any)|met|concluded|chosen|settled|reached|completed|come to|signed|voted|got (?:round|back|to|an?)|abandoned|dropped|lost)\b",
    ),
    cue(
        S,
        6,
        "reviewing discussing considering comparing deliberating finalising finalizing interviewing weighing evaluating meeting assessing seeing sitting going",
        r"\b(?:are|is|am|currently|now|be|keep|continue|finish(?:ed)?|busy|been|team|panel) (?:\w+ ){0,3}(?:reviewing|discussing|considering|comparing|deliberating|finali[sz]ing|interviewing|weighing|evaluating|assessing|going (?:through|over)|seeing (?:the |other |more |two |three |a )|meeting (?:the |other |more |two |three |a few)|sitting down|collecting|gathering|reading|checking|speaking (?:to|with) (?:the |other )|shortlisting|working through)\b",
    ),
    cue(
        S,
        5,
        "review process hold progress consideration running contention pipeline",
        r"\b(?:under|in|on|being|remains?|stays?|with) (?:\w+ )?(?:review(?:ed)?|process(?:ed)?|hold|progress|consideration|considered|contention|the running|the mix|the race|our pipeline|play|the frame|the hat)\b",
    ),
    cue(
        S,
        6,
        "hold freeze frozen pause paused budget",
        r"\b(?:on hold|hiring freeze|frozen|paused?|put (?:\w+ ){0,3}on ice|on ice|budget (?:round|approval|sign-off|freeze|question|talks|is|has|not))\b",
    ),
    cue(
        S,
        5,
        "longer delay delayed wait waiting patience patient bear silence late slow slower behind apologies apologise apologize sorry",
        r"\b(?:tak(?:es?|ing|en) (?:us |a (?:bit|little|while) |much |rather |somewhat )*longer|delay(?:ed|s)?|(?:sorry|apolog\w+|forgive|pardon|excuse) (?:\w+ ){0,6}(?:delay|wait|waiting|silence|quiet|slow(?:ness)?|late|long|keeping you|keep you|left you|leaving you|not (?:writing|getting|coming|being))|bear with|(?:your|for|be|little|some) (?:\w+ )?(?:patience|patient)|kept you waiting|keep you waiting|running (?:late|behind)|behind schedule|slower than|hang (?:on|in) there|hold(?:ing)? tight|sit tight|wondering (?:over|about|where|what)|left wondering|in the dark|hanging)\b",
    ),
    cue(
        S,
        5,
        "meets meet sits sit votes vote decides decide board panel committee council directors partners jury trustees",
        r"\b(?:board|panel|committee|council|directors?|partners|jury|trustees|team|managers?|owners?|boss|chief|ceo|head|hr|faculty|governors|family|two of us|three of us|all of us|we|they|NAME|principal) (?:\w+ ){0,4}(?:meets?|sits?|votes?|decides?|will (?:meet|sit|vote|decide|discuss|look|confer|compare|choose)|must (?:meet|decide|discuss|approve|sign)|has to (?:meet|decide|approve|sign|agree|look)|have to (?:meet|decide|approve|sign|agree|look)|compares?|is meeting|are meeting|to (?:meet|decide|sign|approve))\b(?! you)",
    ),
    cue(
        S,
        5,
        "finalists final shortlist last two three favourites favorites remaining",
        r"\b(?:final (?:two|three|four|round|list|stage|decision|selection)|shortlist(?:ed)? (?:of|to|down)|last (?:two|three)|down to (?:two|three|you|a)|one of (?:the )?(?:two|three|our|my|four)|finalists?|favou?rites?|front-?runner|still in)\b",
    ),
    cue(
        S,
        5,
        "decision decide decided deciding choose answer outcome result feedback",
        r"\b(?:the|our|a|final|any|their|his|her|my) (?:\w+ )?(?:decision|answer|outcome|result|verdict|choice) (?:is|will|has|should|was|would|comes?|takes?|must|rests|lies|depends|may|might|by|before|on|in|after|expected|due)\b",
    ),
    cue(
        S,
        4,
        "impressed liked feedback positive notes well",
        r"\b(?:good|great|positive|nice|excellent|warm|strong|lovely) (?:feedback|impression|things|report|notes|words)\b|\b(?:liked?|loved?|impressed|enjoyed) (?:\w+ ){0,4}(?:you|your|talking|meeting|conversation)\b|\bspoke (?:\w+ )?(?:highly|well) of you\b|\bmade (?:a|an) (?:\w+ )?impression\b",
    ),
    cue(
        S,
        4,
        "candidates others people applicants candidate",
        r"\b(?:two|three|four|five|six|some|few|several|other|more|another|last|one|remaining|couple of|further) (?:\w+ ){0,2}(?:candidates?|people|others|applicants|interviews|persons|folks)\b.{0,60}\b(?:to (?:see|meet|talk|interview|be seen)|coming|left|still|next|first|after|yet|before|to go|to come|remain)\b",
    ),
    cue(
        S,
        4,
        "update updated posted loop news keep",
        r"\b(?:quick|short|brief|small|little|an?|some|status|wanted to|just to|to) (?:\w+ )?(?:update|keep you (?:posted|in the loop|informed|updated|in the picture)|news for you|give you (?:an? )?(?:update|idea|sense)|word on (?:timing|where))\b|\bwhere (?:we|things|matters|it) (?:are|stand|is|stands)\b|\bhow (?:far|things)\b",
    ),
    cue(
        S,
        4,
        "approval sign-off signature signed approve sign",
        r"\b(?:waiting|wait|need|needs|pending|missing|lacks?|requires?|subject to|until|just|only|for) (?:\w+ ){0,4}(?:approval|sign-?off|signature|green light|go-ahead|word from|budget|the nod|ok from|blessing|stamp|clearance|headcount)\b",
    ),
)

COMMON = (
    cue(
        Act.RECEIPT,
        6,
        "submission submissions acknowledge acknowledged acknowledgement complete",
        r"\b(?:acknowledg(?:e|es|ed|ing|ement)|submission (?:received|complete|to|for|is|was))\b",
    ),
    cue(
        Act.RECEIPT,
        6,
        "received receive got arrived submitted stored registered safely application reached landed complete",
        r"\b(?:we|have|has|was|been|safely|is|successfully|your|got|hereby|acknowledge|confirm(?:s|ing)?) (?:\w+ ){0,7}?(?:received|receipt of|got|arrived|submitted|stored|registered|recorded|reached|landed|logged|in our system|with us|complete)\b.{0,60}|\b(?:received|got|receipt of|have) (?:your|the) (?:\w+ ){0,3}(?:application|cv|resume|documents|candidature|profile|submission|materials|papers|answers)\b",
    ),
    cue(
        Act.RECEIPT,
        6,
        "applying apply application applied interest",
        r"\b(?:thank you|thanks|thank u|grateful) (?:\w+ ){0,3}?for (?:applying|your (?:\w+ )?(?:application|interest in|submission|candidature)|submitting|sending (?:us )?your (?:application|cv|resume)|taking the time to apply|considering)\b|\bapplication (?:received|submitted|complete|confirmed|confirmation|registered|sent)\b|\byou(?: have)? (?:successfully )?applied\b",
    ),
    cue(
        Act.AWAY,
        6,
        "office leave holiday vacation away travelling traveling absent sabbatical maternity paternity parental desk offline",
        r"\b(?:out of (?:the )?office|on (?:\w+ )?(?:leave|holiday|holidays|vacation|sabbatical|pto|a course|jury duty|tour)|away from|i am away|away until|away till|travel+ing (?:until|till|and|this|with|on|for)|absent|not (?:in|at) (?:the office|my desk|work)|not (?:be )?(?:reading|checking|monitoring)|limited access|no access to|out until|ooo|off (?:work|sick|until|today)|off the grid)\b",
    ),
    cue(
        Act.AWAY,
        6,
        "automatic auto-reply autoreply autoresponder automatically",
        r"\b(?:automatic (?:reply|response|answer|message)|auto-?repl\w+|auto-?respon\w+|automated (?:reply|response)|answers? by itself|this notice goes)\b",
    ),
    cue(
        Act.AWAY,
        5,
        "back return returning returned",
        r"\b(?:back (?:on|in|at|to|from)|be back|return(?:ing)? (?:on|to|in|at|by)|again from|will return|i return)\b.{0,40}\bDAY\b",
    ),
    cue(
        Act.COURTESY,
        3,
        "thank thanks welcome pleasure lovely kind nice glad enjoyed appreciate appreciated great good ta cheers merci danke gracias tak tack dank delighted happy wish wishing weekend luck summer evening day touched warm grateful sweet",
        r"\b(?:thank(?:s| you)|you are (?:most |very |so )?welcome|(?:my|a|our|the|was|real|such a|it was) (?:\w+ )?pleasure|lovely|so kind|kind (?:words|note|of you|message)|nice (?:words|of you|note|message|to|meeting|talking)|(?:i am |we are |so |very )?(?:glad|happy|delighted|touched|grateful) (?:that|to|you|it|for)|enjoyed|appreciate[ds]?|(?:great|good|lovely|nice) (?:to|meeting|talking|note|words|chat)|have a (?:\w+ )?(?:good|great|nice|lovely|wonderful|fine|super|beautiful|restful|pleasant)|enjoy (?:your|the)|all the (?:best|very best)|wish(?:ing)? you|take care|safe (?:travels?|trip|journey)|cheers|made my (?:day|week|morning|evening)|warm(?:est)? (?:wishes|greetings)|best of luck|good luck|see you around|welcome)\b",
    ),
    cue(
        Act.MET,
        4,
        "interview talk meeting conversation visit chat yesterday came coming met time spoke discussion tour lunch",
        r"\b(?:after|since|from|at|of|about|for|following) (?:\w+ ){0,3}(?:your|our|the|last|yesterday s?|thursday s?|DAY s?) ?(?:\w+ ){0,2}(?:interview|talk|meeting|conversation|visit|chat|panel|presentation|trial|lesson|discussion|tour|call|audition)\b|\b(?:thanks?|thank you|grateful|glad|good|great|nice|lovely|fun|pleasure|enjoyed|liked)\b.{0,30}\b(?:coming (?:in|over|by|to|down|out|up|all)|meet(?:ing)? you|(?:to have|having) (?:had )?you|you came|talking|to put a face|your time|time with|seeing you|to see you)\b|\b(?:you (?:were|came|made|showed|told|said|did)|we (?:met|spoke|talked)|met you|having met|when we met|interviewed)\b",
    ),
    cue(
        Act.COLD,
        5,
        "profile linkedin came across stumbled github background passive",
        r"\b(?:came across|stumbled (?:up)?on|found|saw|noticed|impressed by|reviewing|looking at|reaching out (?:about|because|to)|based on) (?:\w+ ){0,2}(?:your )?(?:\w+ )?(?:profile|linkedin|github|background|experience|stackoverflow|page|portfolio)\b",
    ),
    cue(
        Act.COLD,
        4,
        "open opportunities looking considering explore move",
        r"\b(?:open to|considering|looking for|interested in|explor\w+|thinking (?:of|about)|exciting|hearing about) (?:\w+ ){0,3}(?:new )?(?:opportunit(?:y|ies)|roles?|challenges?|a move|change|positions?|offers)\b.{0,60}(?:\?|$|client|partner|start-?up)",
    ),
    cue(
        Act.ALERT,
        5,
        "jobs alert openings vacancies matches posted",
        r"\b(?:\d+|new|more|latest|recommended|similar|these|matching) (?:new )?(?:jobs?|openings?|vacanc(?:y|ies)|positions|roles|matches)\b.{0,40}\b(?:for you|like|match|near|posted|alert|this week|your|based on|in)\b|\bjob alerts?\b|\bsaved search\b",
    ),
)

SENT_CUES = (
    cue(
        Act.ACCEPT,
        8,
        "accept accepting accepted",
        r"\b(?:i|to|gladly|happily|hereby|formally|we|would like to|want to|delighted to|and|officially|please consider this my) (?:\w+ )?accept(?:ing|ance|ed)?\b(?!.{0,30}\b(?:another|a different|elsewhere|other (?:offer|position|job)|with (?:an)?other|your (?:decision|apologies|invitation))\b)(?!.{0,25}\b(?:until|before|unless)\b)",
    ),
    cue(
        Act.ACCEPT,
        7,
        "yes",
        r"\b(?:(?:it is|my answer is|that is|consider (?:this|it)|here is|this is|you have|so|the answer is) (?:a |an |my |therefore |of course |definitely |gladly |wholehearted |resounding |big |clear )*yes|yes,? (?:yes|please|gladly|with pleasure)? ?(?:i (?:will|would|want|do)|to the (?:job|offer|role|position|ROLE)|i am in))\b",
    ),
    cue(
        Act.ACCEPT,
        7,
        "join joining start starting begin aboard in sign signed take taking",
        r"\b(?:i|to) (?:would|will|shall|am|cannot wait to|look forward to|happy to|thrilled to|delighted to|want to) (?:\w+ ){0,4}?(?:join(?:ing)?|start(?:ing)?|begin(?:ning)?|come (?:and )?work|be (?:joining|part|your|starting)|take (?:the|it|this|you up|up)|sign)\b(?!.{0,40}\b(?:call|meeting|zoom|teams|interview|earlier|from DAY if|for (?:the|a) (?:interview|chat|talk)|if (?:you|i)|another|different|elsewhere|the link|slot)\b)|\bsigned (?:contract|copy|offer|letter|it|the|and)\b|\bcount me in\b|\bi am in\b",
    ),
    cue(
        Act.DECLINE,
        7,
        "decline declining pass no turn turning refuse accept say not",
        r"\b(?:decline|declining|turn(?:ing)? (?:it|this|you|the|your|them) (?:\w+ ){0,3}?down|turn(?:ing)? down|pass(?:ing)? on|pass on|say(?:ing)? no|refuse|not (?:be )?(?:able to )?(?:accept(?:ing)?|tak(?:e|ing) (?:the|it|this|up|you)|join(?:ing)?)|cannot (?:accept|take|say yes)|have to say no|my answer (?:is|has to be|must be) (?:a )?no|no,? thank|it is a no)\b",
    ),
    cue(Act.WITHDRAW, 8, "withdraw withdrawing withdrawal", r"\b(?:withdraw(?:ing|al)?|with-?draw)\b(?! cash| money)"),
    cue(
        Act.WITHDRAW,
        7,
        "name out running remove consideration step bow pull drop stop cancel hat race list stepping pulling dropping bowing strike cross scratch",
        r"\b(?:(?:take|remove|strike|cross|scratch|count|leave|drop|pull|bow|bowing|step|stepping|pulling|dropping|taking|get) (?:\w+ ){0,4}?(?:out|off|back|aside|away|from|down|me out)\b.{0,30}|no longer (?:\w+ ){0,3}(?:pursue|pursuing|consider|proceed|continue|available|be a candidate|interested|looking|in the (?:running|market)|wish|want|apply)|(?:stop|cancel|end|close|discontinue) (?:\w+ )?(?:my|the) (?:application|candidacy|candidature|process))\b",
    ),
    cue(
        Act.WITHDRAW,
        6,
        "another taken accepted elsewhere position job offer found",
        r"\b(?:taken|accepted|found|signed|said yes to|got|agreed to|chosen|gone with|going with|decided (?:to (?:take|go|stay|accept)|for|on)|start(?:ing)?) (?:\w+ ){0,4}(?:another|a different|other|elsewhere|a (?:position|job|post|role|place)|an offer|with (?:an)?other|my (?:current|present)|where i am)\b",
    ),
    cue(
        Act.WITHDRAW,
        6,
        "not",
        r"\b(?:will|would|do|shall|can|could|have decided|decided|prefer) not (?:to )?(?:be )?(?:\w+ )?(?:continu\w+|pursu\w+|proceed\w*|go(?:ing)? (?:on|any|further|forward|ahead)|mov(?:e|ing) (?:on|forward|ahead)|tak(?:e|ing) (?:part|this|things|it|my application) (?:\w+ )?further|com(?:e|ing) to the interview|attend)\b",
    ),
    cue(
        Act.THANK,
        6,
        "thank thanks merci gracias danke grateful thankful obrigada obrigado grazie",
        r"\b(?:thank(?:s| you)|merci|gracias|danke|grateful|thankful|obrigad[oa]|grazie)\b.{0,30}?\b(?:for|to)\b.{0,50}\b(?:time|taking|meeting|seeing|talking|speaking|receiving|having|hearing|this (?:morning|afternoon|evening|week)|yesterday|today|conversation|interview|chat|talk|tour|hour|visit|opportunity|coffee|walk|welcome|hospitality|discussion|call|meeting|ringing|calling|arranging|showing|letting|day|lunch|tea|kindness|patience|patient|session|explaining|making|inviting|trial|honest\w*|open\w*|minutes|DAY|LENGTH|warm\w*|panel|insight\w*|both|all|everybody|looking after|spending|frank\w*|questions|exchange|tasting|biscuits?|cake|generous\w*|introduc\w+|miles|hosting|squeezing|sharing|listening|guiding|interviewing)\b",
    ),
    cue(
        Act.THANK,
        5,
        "pleasure enjoyed enjoy joy delight lovely great nice good treat",
        r"\b(?:pleasure|enjoyed|enjoyable|joy|delight|treat|privilege) (?:\w+ ){0,3}?(?:to (?:meet|talk|speak|see|visit|hear)|meeting|talking|speaking|our|the|our conversation|every|being|visiting|hearing|of (?:meeting|talking))\b|\b(?:lovely|great|nice|good|wonderful|really good|fun) (?:to (?:meet|talk|speak|see|visit|chat|have met)|meeting|talking|speaking|chatting)\b",
    ),
    cue(
        Act.THANK,
        4,
        "thank thanks merci gracias danke",
        r"\b(?:many|big|a big|huge|heartfelt|sincere|warm|my|a thousand|so many) thank(?:s| you)\b|\bthank you (?:so much|very much|both|all|again|kindly|once more)\b|^thank(?:s| you)\b",
    ),
    cue(
        Act.SHARE,
        6,
        "pass share forward convey tell give extend regards thanks",
        r"\b(?:pass|share|forward|convey|extend|send|give|relay|transmit|carry|hand)(?:ing)?\b.{0,40}\b(?:thanks?|thank you|regards|gratitude|appreciation|this|greetings|it|my best)\b.{0,40}\b(?:to|along|on|with)\b|\b(?:thanks?|thank) (?:\w+ ){0,3}(?:also )?to (?:NAME|your|the (?:team|panel|others|committee|rest)|everyone|everybody|all|both)\b|\b(?:please )?(?:also )?(?:thank|tell) (?:NAME|the (?:others|team|panel|committee|rest)|your (?:colleagues?|team)|everyone|them|both)\b|\bgive my (?:thanks|best|regards)\b|\bon behalf\b",
    ),
    cue(
        Act.CHASE,
        6,
        "news update decision status stand stands heard word timeline progress follow following checking check wondering wonder enquire inquire touching touch nudge outcome hear informed moved standing know developments anything",
        r"\b(?:(?:any|is there|are there|if there is|there is|was there|have you (?:any|had)|hear(?:d)? (?:any|some)?|for|whether there (?:is|are|has been)) (?:\w+ ){0,3}(?:news|updates?|decision|word|progress|outcome|developments?|movement|result)|(?:follow(?:ing)?|chas(?:e|ing)|check(?:ing)?) (?:up|in|back)\b|touch(?:ing)? base|how (?:things|matters|it|the process|far|the (?:decision|search|selection|hiring)) (?:\w+ ){0,2}(?:stand|are|is|looks?|going|goes|come|along|getting)|where (?:things|we|you|matters|it|the process|everything) (?:\w+ ){0,2}(?:stand|are|is)|(?:know|ask|hear|wonder\w*|enquire|inquire|curious|learn) (?:\w+ ){0,6}(?:whether|if|how|where|when|about|any|what) (?:\w+ ){0,6}(?:decision|decided|process|stand|position|news|status|next steps?|timeline|hear|application|candidacy|answer|outcome|ROLE|yet|made)|status of (?:my|the|your)|(?:gentle|friendly|small|quick|polite) (?:nudge|reminder|follow-up|knock|prod)|have not heard|not (?:yet )?heard|still (?:\w+ )?(?:interested|keen|eager|enthusiastic|hoping|open|waiting|available|very much)|one more try|(?:writing|write|wanted) (?:\w+ ){0,3}(?:again|to (?:ask|check|follow|enquire|inquire|see (?:if|how|where|whether)|find out|hear|know|say that i am still)))\b",
    ),
    cue(
        Act.CHASE,
        4,
        "interest interested keen enthusiasm intact",
        r"\b(?:my |remain|remains|very|as |continued|continuing|stay|am|just as) (?:\w+ ){0,3}(?:interest(?:ed)?|keen(?:ness)?|enthusias\w+|eager(?:ness)?|excited|motivat\w+)\b(?: as (?:before|ever)|.{0,20}intact|.{0,30}$)",
    ),
    cue(
        Act.OTHER_OFFER,
        6,
        "offer offered another elsewhere",
        r"\b(?:another|received an?|have an?|been (?:made|given) an?|got an?|other|second|holding an?|different|elsewhere|been offered)\b.{0,25}\b(?:offer(?:ed)?|position elsewhere|job elsewhere)\b|\boffer(?:ed)? (?:\w+ ){0,4}(?:elsewhere|from (?:an)?other|by (?:an)?other)\b",
    ),
    cue(
        Act.AGREE,
        6,
        "DAY TIME",
        r"\b(?:DAY|TIME)\b.{0,50}\b(?:works?|suits?|is (?:very |just |absolutely |more than )*(?:fine|good|perfect|great|ok|okay|convenient|noted|possible|best|ideal|in (?:the|my)|booked|lovely|wonderful|grand|brilliant|super)|fits?|please|can\b|it is|sounds|would be (?:great|perfect|lovely|good|fine|ideal|wonderful|best|better)|confirmed|then|for me|i (?:will|shall|am)|will do|would suit|does nicely|okay|ok)\b",
    ),
    cue(
        Act.AGREE,
        6,
        "take be come go pick choose confirm confirmed see available accept attend there available put noted agree happy free convenient",
        r"\b(?:i|we|me)(?: would| will| shall| am| can| hereby| gladly| can gladly| have| do|) (?:\w+ ){0,3}?(?:take|be there|come|go for|pick|choose|confirm(?:ed)?|see you|available|accept|attend|be (?:available|online|ready|waiting|with you|at|on)|put (?:it|this|that)|have noted|agree|free|opt|ring|dial|join|am happy with|prefer|like to (?:take|have|book))\b.{0,80}\b(?:DAY|TIME|then|it|there)\b",
    ),
    cue(
        Act.AGREE,
        5,
        "yes",
        r"^(?:oh |well |kia ora |hi |hello |dear )?(?:yes|yep|yeah|yup|si|sí|oui|ja|sim|aye|certainly|of course|absolutely|sure|gladly|definitely|with pleasure|perfect|great|deal|ok|okay|sounds (?:good|great|perfect|lovely)|that (?:works|fits|suits|is (?:fine|perfect|great|good)|would be)|works for me|confirmed|fine|wonderful|brilliant|lovely|super|done|noted|keen|happy to|very gladly|count me in|booked|it is convenient|can do|will do|no problem|all good)\b",
    ),
    cue(
        Act.AGREE,
        4,
        "forward seeing meeting",
        r"\b(?:look(?:ing)? (?:\w+ ){0,2}forward to|see you|until then|till then|cannot wait)\b",
    ),
    cue(
        Act.OFFER_TIMES,
        5,
        "DAY TIME",
        r"\b(?:i (?:could|can|am (?:free|available)|would be (?:free|available|able)|have)|could (?:we|you|i)|would|how about|what about|any chance|is there|perhaps|maybe|alternatively|possible|might|rather|instead|may i (?:suggest|propose)|let me (?:suggest|propose|offer)|(?:suggest|propose))\b.{0,100}\b(?:DAY|TIME)\b",
    ),
    cue(
        Act.OFFER_TIMES,
        5,
        "cannot unfortunately clash busy work sadly afraid conflict not",
        r"\b(?:cannot|can not|not (?:be )?(?:able|free|available|possible)|clash(?:es)?|conflict|busy|in class|at work|away|travelling|afraid|sadly|unfortunately|double-booked)\b.{0,80}\b(?:DAY|TIME|that day|then|either|both|any of)\b",
    ),
    cue(
        Act.APPLY,
        6,
        "apply applying application cv resume advertised advert vacancy posting letter enclosed attached",
        r"\b(?:(?:i|like to|wish to|would|hereby|want to|writing to|am|to) (?:\w+ ){0,3}(?:apply|applying)\b|(?:my|an|speculative|attached|enclosed) (?:\w+ ){0,2}(?:application)\b.{0,30}|(?:attached|enclosed|find|attach|here is|here are|sending|send you|herewith) (?:\w+ ){0,4}(?:my )?(?:\w+ )?(?:cv|resume|résumé|curriculum|cover letter|application|portfolio|papers|documents)\b|as advertised|your (?:ad|advert|advertisement|vacancy|posting|notice)\b|saw (?:\w+ ){0,4}(?:ad|advert|advertisement|vacancy|posting|notice|position|job)\b|interested in (?:the|your|this) (?:\w+ ){0,4}(?:ROLE|job|role|position|post|vacancy|opening))\b",
    ),
)

RECEIVED_TABLE = (
    *REJECTION,
    *SOFT_NO,
    *OFFERS,
    *MOVES,
    *CANCELS,
    *FIXES,
    *PROPOSALS,
    *INVITES,
    *REQUESTS,
    *STATUSES,
    *COMMON,
)
SENT_TABLE = (*SENT_CUES,)
