"""The words in which answers are promised, and those that speak of something else: what `promises` looks for in a sentence.

For sentences in their normal form (`acts.normal`): a day is DAY there, a name NAME, an organisation ORG.
"""

from __future__ import annotations

import re

from agent.core.read.letters import START
from agent.core.read.table import Sought

# Who answers, whom they answer, and with what. A promise is a sentence with a day in which these come together.
THEM = r"(?:you|u|ye|whoever|everyone|everybody|every one|all|each|both|candidates?|applicants?|interviewees?|aspirants?|persons|people|the lot|finalists|all of you|anyone|the others)"
HEAR = r"(?:hears?|heard|knows?|told|tell|advised(?! (?:to|that)\b)|notified|informed|communicated|announced|published|learn|find out|contacted|called|rung|answered|updated|written to|receives?|gets?|getting|have|having|has|see|be clear|wiser)"
NOUN = (
    r"(?:answer|answers|decision|decisions|results?|the nos|noes|resolution|(?<!short )notice|our position|outcome|news|word|verdict|yes|no|aye|naw|nay|yea|yeah|s[iíì]|reply|response|choice|letters?|line|note|ring|buzz|call back|feedback|conclusion|judge?ment|announcement|notification|update|bescheid|reaction|"
    r"finding|selection|shortlist|ruling|vote|statement|message|phone call|a call|the call|our call|my call|something definite|something firm|something more|final word|(?:our|my|the) advice|clarity|signal|smoke|thumbs|offers?)"
)
TELL = (
    r"(?:let (?:\w+ ){1,3}know|(?:get(?:ting|s)?|grab|catch) (?:a )?hold of (?:you|ye|u)|(?:holler|shout)(?:ing)?(?: (?:at|to) (?:you|ye|u))?(?! (?:you|ye|u)\b)|(?:be on|get on) to (?:you|ye)|call it(?= (?:by|on) )|drop (?:you|ye|u) (?:an? |the )?(?:line|note|mail|text|message)|ping (?:you|u)\b(?! (?:the|an?|your)\b)|letting \w+ know|told|tell(?:ing|s)?|inform(?:ing|s|ed)?|notify|notifying|get(?:s|ting)? back|come(?:s)? back(?! to (?!you\b)| from| home| only)|coming back(?! to (?!you\b)| from| home)|back to you|revert(?:ing|s)?|(?:be |get |keep )?in touch|contact(?:ing|s)?|communicat(?:e|es|ing)|(?:call|email|phone|ring|mail)(?:ing)? (?:or (?:call|email|phone|ring|mail)(?:ing)? )?(?:all|both|everyone|everybody|each|candidates|finalists|the (?:candidates|finalists))|call(?:ing|s)? you|ring(?:ing|s)? you|phone you|(?:e-?mail|mail|message|text)(?:ing|s)? you|give you|update you|writ(?:e|ing|es)|write (?:to you|again|back)|reach(?:ing)? (?:out|you)|answer(?:ing)?(?: you)?|reply|respond|"
    r"decid(?:e|es|ing)|choos(?:e|es|ing)|ma(?:ke|de) up|announce|know(?:s)?(?! (?:it is|that|this is|how|what|where|you are|your)\b)|sort(?:ed)? (?:it|this)|settle|settled|made (?:our|my|their|his|her|its) minds? up|wrap|wrapped|close|finish|conclude|done|say (?:yes|no|either)|pick(?:s|ing)?|vote(?:s)?|sign(?:s)?(?: off)?|meet(?:s)? to|report back|put you out|be able to say|confirm (?:either|one|the outcome|our decision)|send (?:you )?(?:a|an|our|my|the|word)|giv(?:e|es|ing) (?:you |everyone |everybody |all |each )?(?:an? |our |the )?(?:return|feedback|reply|sign)|speak again|(?:pass|bring|hand|give|relay|forward|deliver) (?:it|this|that|them|on|on to) (?:\w+ )?(?:to )?you|have (?:something|it|an answer|a decision|news|the (?:yes|no|answer|verdict|result|decision))|send you(?= (?:by|on|until|before|within|in) )|(?:pass|share|bring|deliver|issue|communicate|publish|make) (?:\w+ ){0,3}(?:decision|answer|news|verdict|word|outcome|results?|choice|call|mind|minds))"
)
SUBJECT = r"(?:i|we|they|she|he|hr|someone|somebody|NAME|ORG|team|panel|committee|board|colleague|office|department|director|manager|both|partners?|owners?|boss|secretary|faculty|council|jury|trustees|chief|principal|head|recruiter|client|company|dean|governors|one of us|either of us|management|head office|hq|family|us|me|my|our|their|his|her|the)"
SURE = (
    Sought(r"\bDAY is the last day (?:that |on which )?(?:i|we) (?:let|have|keep) you wait"),
    Sought(rf"{START}{THEM}\b(?: \w+){{0,7}}? {HEAR}\b"),
    Sought(rf"{START}{SUBJECT}\b(?:,? \w+){{0,9}}? {TELL}\b"),
    Sought(r"\bhear(?:ing)? (?:back )?from (?:me|us|ORG)\b"),
    # "Should get back to you in the week of the 18th": who answers is left out
    Sought(rf"^(?:and |so |then |but )?(?:should|shall|will|would) (?:\w+ ){{0,2}}?{TELL}\b"),
    Sought(
        r"\bDAY\b.{0,20}\b(?:you|ye|u|we|i)\b.{0,40}\b(?:(?:word|answer|news|decision|know|hear|verdict)\b.{0,20}\bby then|(?:tell|let|ring|call|mail|hear|write|know)\w* (?:to )?(?:you |u )?(?:know )?then)\b"
    ),
    # "Count on one to two weeks for the decision"
    Sought(
        rf"^(?:but |so |and )?(?:please |kindly |you (?:can |may |should |must )(?:better )?)?(?:count on|reckon (?:with|on)|allow|figure on|expect|bank on) (?:\w+ ){{0,2}}?DAY (?:for|before|until|till|to) (?:\w+ ){{0,3}}?{NOUN}\b"
    ),
    Sought(
        r"\bpromised (?:me|us) (?:\w+ ){0,4}?(?:for|by|on|until) (?:the )?DAY\b"
    ),  # what an agency, or a desk, passes on
    # "I won't leave you hanging past Friday"
    Sought(
        r"\b(?:will|would|shall) not (?:leave|keep|have) (?:you|ye|u|anyone|anybody) (?:\w+ ){0,3}?(?:past|beyond|longer than|after|later than)\b"
    ),
    Sought(
        r"\b(?:you|ye|u) (?:will |shall )?(?:have|get|receive) (?:your|the|an?|our|my) (?:final |definite |clear )?(?:answer|reply|decision|verdict|yes or no)\b"
    ),
    Sought(
        r"\b(?:you|ye|u) (?:will |shall |should )?(?:have|get) it (?:off|from|out of) (?:me|us|him|her|them)\b.{0,30}\b(?:same|that) day\b"
    ),
)
# Where these fit, it is beyond doubt they who answer, whatever else a word of the sentence may be elsewhere.
OURS = (
    # "our response, whichever it is, by the 18th", "the verdict: in your inbox on the 27th", "an answer to the candidate on 3 November"
    Sought(
        r"\b(?:the|our|my|his|her|their) (?:final |full |definite |clear )?(?:answer|decision|response|verdict|outcome|results?|reply|yes or no|yes or a no)\b(?:,? (?:whichever|whatever|which|good or bad|either)[^.;?]{0,30}?,)?[ ,:]*(?:is |will be |comes |goes (?:out )?|sent |we plan |planned |due |to the candidates? |to all |in your (?:inbox|hands?|letter ?box) |out |from (?:us|me) |by (?:e-?mail|post|letter|phone) ){0,3}(?:by|on|for|in|around|before|at)\b(?: the| the evening of| the end of| end of)? ?DAY"
    ),
    # "I return to you in the course of next week", "he gives answer to Wednesday"
    Sought(
        r"\b(?:i|we|he|she|they|boss|NAME) (?:will |shall |then |do )?(?:return to (?:you|u)|report (?:to )?(?:you|u)|gives? (?:you )?(?:an? |the )?(?:answer|reply)|answers? (?:you|u|still)|sends? (?:the |an? |my |our )?(?:answer|reply|decision)|shoots? (?:you|u) (?:the|an?) (?:answer|reply|word))\b"
    ),
    Sought(
        r"\b(?:you|u) (?:will |shall |can )?(?:get|have|receive) (?:yours|it|letter|word|mine) (?:from me |from us )?(?:by |on |at |until |before )?DAY"
    ),
    # "With those in the folder the matter is decided by 6.3.", "it will be until the 17th that we tell you"
    Sought(
        r"\b(?:matter|thing|question|everything|it all) (?:is|will be|gets|shall be) (?:then )?(?:decided|settled|resolved) (?:by|on|before|until)(?: the)? DAY"
    ),
    Sought(
        r"\bbe (?:until|on|by|only)(?: the)? DAY (?:that|when) (?:we|i) (?:tell|say|decide|let|answer|write|call)\b"
    ),
    Sought(r"\b(?:write|reply|speak) to (?:each|every|all)(?: of)?(?: the)? (?:candidate|applicant|finalist)s?\b"),
    Sought(r"\b(?:yes or no|yes or a no|yay or nay|yea or nay|aye or naw?)\b.{0,40}\bby then\b"),
    Sought(r"\bplease wait (?:until|till) DAY\b"),
    Sought(
        r"\b(?:it|this|that|they) (?:shall|will|should|are|is) (?:to )?(?:be )?(?:in your hands|with you|(?:e-?mailed|sent|posted|published|announced|given)(?: out)?) (?:by|on|before) DAY"
    ),
    Sought(r"\ball of (?:that|this|it) (?:will|shall|should) be done (?:within|in|by) DAY"),
    Sought(r"\ballow us (?:\w+ ){0,4}?DAY (?:for|to) (?:an? |our |the )?(?:reply|answer|decide|decision)\b"),
    Sought(
        r"\b(?:has|have|had) (?:undertaken|promised|agreed|committed|pledged) to (?:respond|reply|answer|decide|inform|write|revert|come back)\b"
    ),
    Sought(
        r"\b(?:will|shall) (?:hit|buzz|ping) (?:you|u)(?: back| up)? (?:w|with|about) (?:the|our|an?) (?:answer|decision|verdict|news)\b"
    ),
    Sought(
        r"\b(?:you|u) (?:can|may|should) expect (?:the|our|an?|your) (?:final )?(?:answer|decision|verdict|outcome|result|response|reply)\b"
    ),
    Sought(r"\banswer (?:is |s )?yours\b"),
)
NEEDS_TIME = re.compile(
    r"\b(?:give (?:us|me|them)|bear with|be patient|needs?|allow (?:us|me)|patience|hang on|wait|hold on|sit tight|hold tight)(?: \w+){0,4}? (?:until|till|another|through)\b"
)
OF_WAITING = (
    re.compile(
        r"\b(?:will|may|might|could|can|should|would|to|this) take (?:us |me |them |about |up to |around |roughly |another |at least |the board |a )*"
    ),
    NEEDS_TIME,
    re.compile(
        r"\b(?:if|should|in case) (?:you |ye )?(?:have |do |did |hear |had )?(?:not|nothing)(?: \w+){0,4}? ?(?:heard?|received?|got|get|news|word|nothing|anything)?\b"
    ),
)
# Before one of these words stands a noun: "our answer", "by e-mail".
NOT_NOUN = r"(?<!\bour )(?<!\bthe )(?<!\ban )(?<!\bmy )(?<!\byour )(?<!\btheir )(?<!\bhis )(?<!\bher )(?<!\bby )(?<!\be-)(?<!\bvia )(?<!\bfinal )(?<!\bfirm )(?<!\bROLE )(?<!\bcall or )"
TO_OWNER = Sought(
    rf"{START}(?:please(?! (?:count on|expect|allow|bear|be (?:advised|informed|assured)|note|rest assured))|kindly(?! (?:count on|expect|allow|bear|be (?:advised|informed|assured)|note|rest assured))|could you|can you|would you|will you|you (?:could|should|must|need to|have to)|let (?:me|us|him|her|NAME) (?:know|have)|(?<!will )(?<!would )(?<!shall )(?<!can )(?<!to )(?<!they )tell (?:me|us)|{NOT_NOUN}(?:send|mail|email|submit|return|reply|respond|confirm|answer|hand in|upload|complete|fill|sign)|get (?:it|them|this|that|back)(?: back)? to (?:me|us)|(?:like|love|want|need|hope|appreciate|happy) to (?:have|get|see|receive) (?:(?:it|them|this|that)(?: all)? (?:back|from you|here|in|with (?:me|us)|on my desk|before|by)|your \w+)|(?:your|(?<!have )(?<!get )(?<!gets )(?<!receives )(?<!receive )(?<!given )(?<!sends )(?<!send )(?<!make )(?<!take )(?<!reach )(?<!know )(?<!hear )the) (?:answer|decision|reply|response|solution|documents|papers|task) (?:is |are |must |should )?(?:due|by|back|before|in)|(?:holler|shout|yell|whistle)(?: back| out)?(?: at (?:me|us))? (?:if|when|should)|(?:they|he|she|hr|NAME) needs? (?:an? )?(?:clear |firm )?(?:yes|no|answer|decision|signature)|(?:we|i) need (?:it|them|your|(?:the|that|this) (?:files?|texts?|forms?|papers|documents?|exercise|pieces?|recording|signed)|an? (?:yes|no|answer|decision|reply|signature|signed)|to (?:hear|have|know))|(?:want|like|love|keen|curious) to (?:hear|know|see) (?:how|what|why|whether|more|about|your|from you)|(?:hear|need|want|expect|know|receive|await) (?:back )?(?:from you|your)|(?:has|have|needs?|must|should|ought)(?: to)? (?:reach|be with|get to|come (?:back )?to|arrive (?:with|at)) (?:us|me|NAME|ORG)|(?:get|flick|ping|pop|drop|shoot|fire|chuck|bung|send|pass|bring|hand|mail|post|turn|sling) (?:it|them|this|those|these|your \w+)(?: \w+){{0,2}} to (?:me|us)|accept|decide whether you|you decide|your (?:choice|pick|call|preference)|offer (?:is|stands|expires|valid|open|runs))\b"
)
NOT_AN_ANSWER = Sought(
    r"\b(?:invitation|invite|calendar|link|agenda|directions|address|details|parking|map|(?:a|the|your|visitor|guest) pass|badge|joining instructions|slot|slots|dates?|times|a time|schedule|rota|reminder|form|access|zoom|documents|itinerary|booking|logistics|time and place|task|test|assignment|exercise|who you will meet|names of)\b"
)
CLAUSE = re.compile(
    r"[;:]\s|,? (?:but|so that|because|since|although|while|whereas|after which|and then|and|so) (?=(?:i|we|they|you|he|she|it|please|kindly|NAME|ORG|then|now|the|my|our|there|whoever|everyone|everybody|all|this|that|let)\b)|, (?=(?:i|we|they|you|he|she|please|then) )|\. "
)
# One of these is there where that fits.
CLAUSE_SIGNS = ("; ", ": ", ", ", ". ")
CLAUSE_WORDS = frozenset("but so because since although while whereas after and".split())
NOUN_HERE = Sought(rf"{START}{NOUN}\b")
SAID_WITH = re.compile(
    rf"\b(?:{THEM}|will|shall|is|are|be|comes?|goes|out|by|from (?:me|us|them)|my|our|your|expect|due|latest|before|within|until)\b"
)
ANSWERS = re.compile(
    r"\b(?:decision|answer|outcome|verdict|decide|either way|yes|no|one way|result|results|know|hear|news|notice|resolution)\b"
)
OWN_WILL = re.compile(
    rf"\b(?:i|we|they|NAME|ORG|he|she|team|panel|committee|board) (?:will|shall|hope|aim|expect|plan|should|can|are|am|is|intend|want|promise|undertake|try)\b(?: \w+){{0,5}}? {TELL}\b|\b(?:i|we|they|he|she) (?:then |only )?(?:(?:ring|mail|call|phone|write|text) (?:or|and) )?{TELL}\b|\b{THEM} (?:will|shall|should|can expect)\b(?: \w+){{0,4}}? (?:hear|have|get|receive|know|be)\b|\b(?:you|u) (?:hear|get) (?:from|our|my|a|an|the|yes)\b|\b(?:answer|decision|verdict|yes or no) from (?:me|us)\b"
)
LOOKS_BACK = re.compile(
    r"\b(?:was|were|had|been|promised|told you|said|thought|wrote|came|arrived|sent|got|received|met|spoke|made)\b"
)
LOOKS_AHEAD = re.compile(
    r"\b(?:will|shall|should|would|can|going|expect|hope|aim|plan|by (?:the |our |this |end of |about |around |latest |next )*DAY|until|before|within|hear|get|latest|next|promise|word|know|tell|let)\b"
)
OTHER_MATTER = re.compile(
    r"\b(?:your interview|the interview|we met|met you|spoke|talked|came|interviewed|seeing|see (?:the )?(?:other|last)|meet (?:the )?(?:other|last)|coming in|(?<!hear )(?<!have it )(?<!word )(?<!answer )off(?! (?:me|us|him|her|them)\b)|away|leave|holiday|(?<!get )(?<!come )(?<!getting )(?<!coming )(?<!got )back|return|closed|start(?:ing|s)?|begins?|read|written|dated|of(?! (?:you|ye|us|them)\b)|mail of|message of|letter of)(?: \w+){0,3}\s*$"
)
AGAIN = re.compile(
    r"(?: (?:after that|of that week|coming|then))?,? ?\(?(?:so|that is|thats|that s|i\.? ?e\.?|which is|being|meaning|=|so that is|this is|,)? ?(?:,? ?the|on|,)? ?"
)
RANGE = re.compile(
    r" ?(?:or|to|and|-|–|/|until|or (?:the )?latest|,? ?or (?:at the latest|maybe|perhaps|possibly)) ?(?:the|on|by|maybe|perhaps|latest)? ?"
)
BINDING = re.compile(
    r"(?:\bby|\bbefore|\buntil|\btill|\bon|\bwithin|\bin|\bnot later than|\bno later than|\blatest|\bat the latest|\bfor|\baround|\babout|\bcome|\bafter|\bover|\bduring|\bthroughout|\bfrom|\bthis side of|\btowards?|\bpast|\bbeyond)(?: \w+){0,3}\s*$"
)
# The day of something else: of a talk ("I have put you down for Friday", "you arrive by train on the 9th"), of what is over
# ("it had been open until the 3rd"), of a threat ("whoever has not answered by then is deemed to …").
OTHER_DAY = Sought(
    r"\bmust (?:be with|reach|arrive at|be in) (?:\w+ ){0,3}?(?:office|us|me|hands|desk|panel|committee|secretariat)\b|\b(?:lunch|coffee|dinner|breakfast|drinks?) (?:on|for) (?:the )?DAY|\bDAY to (?:find|set up|arrange|book|sort)(?: you)? (?:an?|your|the) |\bping (?:you|u) (?:the|an?|your) |\b(?:deemed to|lost interest|forfeit\w*)\b|\bor wait (?:until|till) (?:the )?DAY|\b(?:answer|reply|hear|letter|mail) only DAY|\byou are (?:expected|awaited) (?:here |with us |at \w+ )?(?:on |for )?(?:the )?DAY|\byou (?:arrive|travel|land)\b|\b(?:have|has|had) been\b[^,.;]*\b(?:until|till) (?:the )?DAY|\b(?:put|putting|pencilled|pencill?ing|noted|written|booked|marked) you (?:\w+ )?(?:down |in )?(?:for|on) (?:the )?DAY\b"
)
DEADLINE = re.compile(
    r"\b(?:by|until|till|before|latest|ultimately|no later than|not later than|not after|deadline|expires?|valid|open|stands|runs|lapses|on or before|within|hold)\b"
)
DEADLINE_OWNER = Sought(
    START
    + r"(?:let (?:me|us|him|her|NAME|ORG) (?:know|have)|tell (?:me|us)|your (?:answer|decision|reply|response|yes|signature|acceptance|word|verdict|call)|(?:hear|have|need|want|expect|know|receive|get|await|like)(?: to (?:hear|know|have))? (?:back )?(?:from you|your|what you|whether you|an answer|a reply|it|if you)|accept|decide|sign(?:ed)?|return|reply|respond|confirm|answer|offer (?:is|stands|expires|valid|open|runs|lapses|remains)|valid|expires?|deadline|(?:need|give (?:us|me)|must have|have to have) (?:an? |your |that |the )?(?:clear |firm )?(?:yes|no|answer|decision)|think (?:it|on|about)|take (?:your time|until)|(?:ring|e-?mail|call|mail|phone|text|write to|message) (?:or (?:ring|e-?mail|call|mail|phone|text) )?(?:me|us)|come back to (?:me|us)|get back to (?:me|us)|hold (?:it|the|this|your)|keep (?:it|the))\b"
)
