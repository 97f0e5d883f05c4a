"""Sentences -> whether their writer will sit in the conversation with the owner, stays out of it, or says neither."""

from __future__ import annotations

import re
from collections.abc import Sequence

from agent.core.read.lexicon import CAPITALS
from agent.core.read.sentences import Sentence
from agent.core.read.words import words_of

# A writer who takes part: with them ("meet Lee and me", "the two of us"), beside somebody ("Lee and I") or by themselves ("I look forward
# to seeing you").
WITH_ME = re.compile(
    rf"\b(?=[\w+&'’])(?:(?:with|w/?|and|[Bb]esides?|[Nn]ext to|[Aa]part from|alongside|join|meet|see|visit|(?:talk|speak|talking|speaking|chatting) to|between|just|only|\+|&|me|opposite|facing) me\b(?! (?:your|a copy|know|have|the|if|when|what|which|by|on))|[Mm]e and (?:my|our|the|[{CAPITALS}]\w*)|me & [{CAPITALS}]\w*|\band (?:by )?myself\b|\band by me\b|\b[Mm]yself (?:and|&)(?= )|as well as (?:me|myself)\b|and my (?:humble |good )?self\b|(?:meet|see) us both\b|[Ww]ith us will be\b|[Ww]e(?:['’]d| would)? both (?:like|love|want|be|could|can|will|are|have)\b|propose (?:that )?we meet\b|with yours truly|(?:[Pp]resent|[Aa]ttending|[Pp]anel)\s?: ?(?:my)?self\b|(?:is|are|two|three|four|five|committee|jury|us): (?:me|myself)(?=,)|self in the chair|(?<!you )(?:(?:will|is going to|would|['’]ll)(?: also)? (?:sit|join|be)|(?:is|['’]s)(?: also)? (?:sitting|joining))(?: in)?(?: with)? us\b|[Aa]sk for either of us\b|and to me(?=[.,;!]|$)|(?:only|just|also) be me\b|(?:will|['’]ll|to) (?:also )?join me (?:on|in|for|at|there)\b|[Ww]ith me (?:there )?(?:is|will be|are)\b|(?:in|sat|sitting|there|along(?:side)?) (?:with|wi['’]?) (?:me|myself)\b|[Mm]y fellow (?:interviewers?|panell?ists?|members)|[Yy]ours truly\b|the writer of these lines|and self\b|little old me|at my elbow|[Aa]part from myself|have us both|us both on|all (?:two|three|four|five) of us|while I ask|[Ii]t['’]?s (?:just )?me (?:n|and|&)\b|\bus means me|expect (?:two|three|four) (?:faces|of us)|you and (?:me|i)\b|you \+ me|me and you|the (?:two|three|four|five) of us|(?<!there are )two of us|we two|us two|both of us|just us|only us|between us|one (?:on|to|-) ?one with me|(?:by|with|and|to) the undersigned|"
    r"come and see (?:me|us)|(?:our|my) kitchen|sit in with me|want the story|better have a look at you|half of the talking|half the talking|there with a pot|over (?:coffee|tea|lunch) with me)\b"
)
# One of these words stands in each of those, or a small "i".
ME_OR_US = frozenset(
    "me myself us both either propose two undersigned kitchen story look talking pot self truly fellow lines elbow faces".split()
)
AND_I = re.compile(
    rf"\b(?:[{CAPITALS}][\wà-ÿ'’-]+(?:, [^,.]{{2,50}},| \([^()]{{2,60}}\))?,? (?:and|&|\+) I\b(?! (?:have|had|read|were|both liked|liked|loved|think|thought|agreed|am (?:only|just|also|the|an?)|took|told|let|tell|send|sent|booked|book|confirm|ask(?:ed)?|thought|passed|pass|arrange|fix|note|write|forward)\b)|(?:colleagues?|partner|brother|sister|husband|wife|boss) (?:[^.,]{{1,40}} )?(?:and|&) I\b)\b"
)
AS_I = re.compile(r"(?:and|&|\+) I\b")
I_MYSELF = re.compile(
    rf"I(?<=\bI)(?: and [{CAPITALS}]\w*|"
    r"(?:'ll|’ll| will| shall| would| am|'m|’m|'d|’d| do| can| should| then| wish to| look forward to| want to| wanted to| hope to)?(?: also| then| both| very much| really| gladly| just| be| like| love| want| should like| going| looking forward| happy| keen| glad| pleased| so| myself)*(?: to| there)?(?: to)? "
    r"(?:meet(?:ing)? you|talk(?:ing)? (?:with|to) you|talk about|speak(?:ing)? (?:with|to) you|chat(?:ting)?(?: with you)?|see(?:ing)? you|interview(?:ing)? you|preside|(?:do|conduct|take|hold|lead|run)(?:ing)? (?:the|all|every|this|your|these)? ?interview(?:s|ing)?|chair(?:ing)?\b|personally interview you|ask the questions|ask my questions|go through (?:the|your|our) [^.;!?]{2,40} with you|hear(?:ing)? (?:more|about|how|what|the|you\b(?! and\b| got\b| did\b| had\b| were\b| met\b))|call(?:ing)? (?:you|u)|ring(?:ing)? (?:you|u)|dial(?:l?ing)? (?:you|in)|phone (?:you|u)|can do (?:a|the) |show(?:ing)? you|ask(?:ing)? you|receiv(?:e|ing) you|welcom(?:e|ing) you|await(?:ing)? you|expect(?:ing)? you|be (?:there|alone|your interviewer|on the call|joining|with you|in the room|conducting|leading|taking)|get(?:ting)? (?:to know|acquainted)|know you better|have a (?:proper )?(?:look|chat|word|talk|natter)|pick(?:ing)? your brain|take part|be accompanied|take you (?:round|through)|taking (?:the|this|it)|sit(?:ting)? (?:down|in|with)|join(?:ing)?|walk you|detain you))\b"
)
I_STAY_OUT = re.compile(
    r"\b(?:[Ii]nterview(?:ed)? (?:will be |to be )?(?:conducted |held |done |taken )?by (?-i:[A-Z])\w+ (?-i:[A-Z])\w+|(?-i:I)(?:'m|’m| am| will| do| shall| can| would|'ll|’ll|'d|’d)? (?:only|just|merely|simply) (?:pick you up|collect|fetch|do|does|make|making|bring|pour|say|open|hand|show|let|walk|book|arrang\w+|organi[sz]\w+|coordinat\w+|set|herd|push|send|the|look after|take notes|keep|hold|handle|here to)|(?-i:I) (?:make|do|bring|pour|herd|arrange|book|keep|handle|open|organi[sz]e|coordinate|set|schedule|invite|write|send|help) only|(?-i:I)(?:'m|’m| am) (?:only|just|merely) (?:arranging|organi[sz]ing|booking|the|coordinating|setting|scheduling)|"
    r"(?-i:I)(?:'ll|’ll| will| shall| do| am|'m|’m| would| won['’]t| don['’]t| cannot| can['’]t)? ?(?:not )(?:be (?:there|in|on|joining|present|part|with you)|join(?:ing)?|attend(?:ing)?|sit(?:ting)? in|enter(?:ing)?|assist|take part|taking part|in the room|part of)|(?-i:I) stay (?:upstairs|downstairs|out|away|behind)|(?-i:I) (?:won['’]t|don['’]t|do not|will not|shall not|can['’]t) (?:be (?:there|in|on|joining|present|part|with you)|join|attend|sit in|enter|assist|take part|want to disturb|put my)|"
    r"(?-i:I)\b[^.;!?]{1,60}\b(?:and|but) (?:won['’]t|will not) (?:be (?:there|joining|part of|on (?:it|the (?:call|line|panel))|in (?:it|the (?:room|meeting|interview|call)))|join|attend|sit in)|[Ii]t(?:['’]s|['’]ll be| is| will be) (?:just|only) (?:her|him) and you|set (?:this|it) up on (?:his|her|their) behalf|(?:[Jj]ust|[Oo]nly|[Ii]t['’]s|[Bb]e) (?:just |only )?the two of you\b|(?:[Ee]ntered|[Bb]ooked|[Ss]ent|[Ss]cheduled|[Ss]et up|[Aa]rranged|[Ww]riting) on behalf of|without me|leave you (?:to it|alone|in)|hand you over|make myself scarce|(?-i:I) (?:welcome|meet|greet|collect|fetch) you at the (?:door|gate|reception|desk|lift)|the undersigned only|i only set|only set this up|just do the calendars?|do the calendars)\b"
)


# One of these words stands in each of those, but for "interviewed by Lee Tran".
OUT_WORDS = frozenset(
    """two only just merely simply not won't won’t don't don’t can't can’t stay door gate reception desk lift behalf without leave hand scarce
    calendar calendars""".split()
)
# Where a writer speaks of taking part or staying out, one of these words stands.
WRITER_WORDS = frozenset(
    """i i'm i’m i'll i’ll i'd i’d me my myself self undersigned interview interviewed truly us we our two propose well both brain kitchen leave hand make stay calendar calendars do join meet
    see visit her him member sit another behalf + &""".split()
)


# The same said otherwise: "you, me, Mo and Kasia", "it's gonna be me, my dad Barry and our Lenny", "I'm bringing along Thabo".
ALSO_ME = re.compile(
    r", (?:and )?(?:there['’]s )?me(?=[.;!]|$)|, me too\b|\b(?:[Yy]ou,? me,? (?:and )?(?=[A-Z])|me [+] (?=[A-Z])|[A-Z]\w+ n me\b|alongside me\b|[Ss]ee me (?:in|at)\b|(?:gonna|going to|will|['’]ll) be me\b"
    r"|your (?:humble|faithful|obedient) (?:correspondent|servant)|we both (?:meet|see|talk|speak|come|sit)\b|humble correspondent)"
)
I_TOO = re.compile(
    r"\bI(?:['’]ll|['’]m| will| shall| am)?(?: also)? (?:be (?:joined|supported|assisted|flanked) by\b|(?:bring|bringing|drag|take|taking) (?:along )?(?:my )?[A-Z]\w+(?: \w+){0,2}?(?: along)?\b|bringing along\b|myself (?:close|open|lead|chair|ask|take)|(?:tele)?phone (?:to )?you\b|telephone\b)"
    r"|\b(?:[Yy]ou|[Hh]e|[Ss]he|[Tt]hey) and I\b(?! (?:have|had|met|spoke|talked|are the only|(?:will|can|shall|am|would)\b(?! (?:meet|talk|sit|speak|be|see))))|\b[Ii]nterview\b[^.;!?]{0,30} I (?:make|do|hold|lead|take|conduct)\b"
)
AFTERWARDS = re.compile(
    r"\b(?:ring|call|phone|telephone)(?:ing)? you (?:afterwards|after|later|then|straight after|that evening|to hear|with (?:the|an?) (?:answer|news|outcome|feedback))\b"
)
OUT_OF_IT = re.compile(
    r"\bnot a member of the (?:panel|board|committee)\b|\bI['’]?m out of it\b|\bI (?:sit|live|work) in another\b|\bI (?:myself )?(?:only )?(?:bring|take|lead|show|walk|fetch) you (?:up|down|upstairs|downstairs|in|there)\b[^.;!?]{0,12}\b(?:nothing (?:more|else)|no more|that['’]?s all)|\bI (?:shall|will|['’]ll) be (?:downstairs|upstairs|next door|at my (?:own )?desk)\b|\bI stay (?:outside|home|at home|away)\b|\b(?:shan['’]t|won['’]t|will not) meet this time\b"
)
AND_I_TOO = re.compile(r"(?:And|Plus|&|Also) (?:I|me|myself)[.!](?: |$)")  # a sentence of its own, behind the others


BY_WHOM = re.compile(r"interview", re.I)
FETCHES = re.compile(r"\b(?:pick you up|collect|fetch)\b")  # who fetches the owner may sit down with them, too


def i_take_part(text: str, words: frozenset[str]) -> bool:
    return bool(
        text.startswith(("+ me ", "& me "))  # a line that goes on, and looks like an item of a list
        or AND_I_TOO.match(text)
        or (not words.isdisjoint(ME_OR_US) or " i" in text)
        and WITH_ME.search(text)
        or "me" in words
        and ALSO_ME.search(text)
        or "I" in text
        and (
            I_MYSELF.search(AFTERWARDS.sub("", text)) or I_TOO.search(text) or AS_I.search(text) and AND_I.search(text)
        )
    )


def may_stay_out(words: frozenset[str]) -> bool:
    return not words.isdisjoint(OUT_WORDS) or "by" in words and not words.isdisjoint(("interview", "interviewed"))


def writer_takes_part(sentences: Sequence[Sentence]) -> bool | None:
    """Does the writer say that they will be in the conversation (True) or stay out of it (False)? None: neither."""
    answer: bool | None = None
    fetches = False
    for sentence in sentences:
        text = sentence.text
        words = words_of(text)
        if words.isdisjoint(WRITER_WORDS):
            continue
        if OUT_OF_IT.search(text):
            return False
        out = I_STAY_OUT.search(text) if may_stay_out(words) else None
        if out and BY_WHOM.match(out.group()) and WITH_ME.search(text, out.end()):
            out = None  # "will be conducted by Hugh Pascoe, our Director of Sport, and myself"
        if out and not FETCHES.search(out.group()):
            return False
        fetches |= out is not None
        if not out and i_take_part(text, words):
            answer = True
    return answer if answer or not fetches else False
