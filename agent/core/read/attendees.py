"""Who will sit in the conversation: what the expressions of `participants` say, weighed with the words around every name.

A small linear model, learnt from our own corpus (`python -m tests.bench.attendees` writes `attendees.txt`), hears "Doina, my sister, sits
with us" and leaves out "Leon Stacey fetches you", though no expression foresaw either. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from agent.core.decode.headers import plain_letters
from agent.core.read.letters import small
from agent.core.read.lexicon import MONTHS, WEEKDAYS
from agent.core.read.linear import Group, Linear, bag, beside, is_so, pairs
from agent.core.read.participants import participants, title_behind
from agent.core.read.people import NOT_NAMES, PARTICLES, TITLES, parse_name
from agent.core.read.reading import Evidence, Person
from agent.core.read.sentences import Sentence
from agent.core.read.titles import is_head

MODEL = Linear("attendees.txt")
LIKELY = 0.0  # from which odds on somebody takes part of whom no expression says so
UNLIKELY = -3.5  # and up to which not, though one does
TOKEN = re.compile(r"[^\W\d_][\w'’-]*|\d[\w.:]*|[^\w\s]")
DAYS = frozenset(name.lower() for name in (*MONTHS, *WEEKDAYS)) | frozenset("sat sun mon tue wed thu fri".split())
SPEAKERS = frozenset("i i'm i'll i've i'd".split())
# Words that are no names though they open a line with a capital.
OPENERS = (
    NOT_NAMES
    | SPEAKERS
    | frozenset("interviewers interviewer panel present attending we you they he she there".split())
)
NEAR, FURTHER, AROUND = 12, 14, 10  # words before a name, behind it, and those looked at in pairs
MOST = 40  # names of a letter that are weighed


class Mention(NamedTuple):
    """A name that may be somebody's, where it stands: sentence number, the name, its "Dr", start and end with that title."""

    sentence: int
    name: str
    title: str
    start: int
    end: int


def attending(
    sentences: Sequence[Sentence],
    owner: Iterable[str],
    writer: str,
    houses: Sequence[str],
    copied: Sequence[str] = (),
    weigh: bool = True,
) -> tuple[tuple[Person, ...], tuple[str, ...], bool]:
    """-> (people who will take part, names said to stay out, whether the writer is named among those who will). The arguments are those of
    `participants`; `weigh`: the letter names a day or an hour, so that there may be something to take part in."""
    mine = tuple(owner)
    present, absent, among = participants(sentences, mine, writer, houses, copied)
    if not weigh:
        return present, absent, among
    rated = [
        (mention, MODEL.odds(found))
        for mention, found in looked_at(sentences, (*mine, writer), houses, copied, present, absent)
    ]
    rated = spoken_of_as_they(rated, sentences)
    keeps = believed([(mention.name, odds) for mention, odds in rated])
    stays = [p for p in present if p.name.isupper() or keeps(p.name)]  # of letters alone ("PJ") the model knows nothing
    for mention, odds in rated:
        if odds > LIKELY and not any(same(mention.name, p.name) or short_for(mention.name, p.name) for p in stays):
            text = sentences[mention.sentence].text
            full = parse_name(f"{mention.title} {mention.name}".strip()).full or mention.name
            evidence = Evidence("takes part", text[:160], sentences[mention.sentence].where)
            stays.append(Person(full, title_behind(text[mention.end : mention.end + 140]), True, evidence))
    there = [p.name for p in stays]
    return tuple(stays), tuple(name for name in absent if not said_of(name, there)), among


# "Rhodri has nothing at ten, and Lowri can fit round either. They'll want a proper talk": whom the sentence before names.
THEY_SEE_YOU = re.compile(
    r"^(?:so |and |then )?(?:they|both|the two of them)(?:['’]ll| will| would|['’]d)?(?: both| also| just| each)? (?:(?:want|like|love|wish|be keen|look forward) (?:to )?)?(?:(?:a|an) (?:\w+ )?(?:talk|chat|word)|have a (?:\w+ )?(?:talk|chat|word)|meet(?:ing)? you|see(?:ing)? you|talk(?:ing)? (?:to|with) you|interview(?:ing)? you|walk you|show you)\b"
)
HARDLY = -5.5  # from which odds on two names before such a sentence are those who are meant


def spoken_of_as_they(
    rated: Sequence[tuple[Mention, float]], sentences: Sequence[Sentence]
) -> list[tuple[Mention, float]]:
    """Names with their odds, where those who "will want a talk" are the two or more whom the sentence before names."""
    before = {n - 1 for n, sentence in enumerate(sentences) if n and THEY_SEE_YOU.match(small(sentence.text))}
    meant = [mention for mention, odds in rated if mention.sentence in before and odds > HARDLY]
    sure = {m.sentence for m in meant if sum(other.sentence == m.sentence for other in meant) > 1}
    return [
        (mention, max(odds, SEATED) if mention in meant and mention.sentence in sure else odds)
        for mention, odds in rated
    ]


SEATED = 1.0  # their odds then


def believed(rated: Iterable[tuple[str, float]]) -> Callable[[str], bool]:
    """-> does somebody take part of whom the expressions say so? `rated`: the names of the letter with their odds."""
    names = list(rated)
    likely = [name for name, odds in names if odds > LIKELY]
    out = [name for name, odds in names if odds <= UNLIKELY]
    return lambda name: said_of(name, likely) or not said_of(name, out)


def said_of(name: str, names: Iterable[str]) -> bool:
    return any(same(name, other) for other in names)


def same(one: str, other: str) -> bool:
    """Does one of these names hold the other: "Lee" and "Lee Tran"?"""
    mine, theirs = ({plain_letters(word) for word in name.split()} for name in (one, other))
    return mine <= theirs or theirs <= mine


def short_for(one: str, other: str) -> bool:
    """Is this a short form of the other's given name: "Doug" of Douglas Ferris?"""
    short, given = plain_letters(one), plain_letters(other.partition(" ")[0])
    return len(short) > SHORTEST and given.startswith(short)


SHORTEST = 2  # letters that say nothing of whose name they begin


def looked_at(
    sentences: Sequence[Sentence],
    others: Sequence[str],
    houses: Sequence[str],
    copied: Sequence[str],
    present: Sequence[Person],
    absent: Sequence[str],
) -> Iterator[tuple[Mention, list[Group]]]:
    """The names of a letter, each with its features. `others`: the owner and the writer; `present`, `absent`: as the expressions say."""
    skip = {plain_letters(word) for name in others for word in name.replace(",", " ").split() if len(word) > 1}
    spoken = Spoken(sentences)
    found = list(mentions(spoken, skip))[:MOST]
    there = [p.name for p in present]
    for mention in found:
        said = "+" if said_of(mention.name, there) else "-" if said_of(mention.name, absent) else "0"
        beside = sum(other.sentence == mention.sentence for other in found) - 1
        marks = [f"said{said}", f"said{said} {length(mention)}", f"beside {min(beside, 3)}"]
        lower = mention.name.lower()
        if any(lower in name.lower() for name in copied):
            marks.append("copied")
        if any(lower in house.lower() or house.lower() in lower for house in houses):
            marks.append("house")
        yield mention, [is_so(*marks), *features(spoken, mention)]


class Spoken:
    """The sentences of a letter with their words, each cut once."""

    def __init__(self, sentences: Sequence[Sentence]) -> None:
        self.sentences = sentences
        self.words = [list(TOKEN.finditer(sentence.text)) for sentence in sentences]
        self.kinds: dict[int, list[str]] = {}

    def kinds_of(self, n: int) -> list[str]:
        """The words of a sentence by what they are."""
        if n not in self.kinds:
            self.kinds[n] = [kind_of(word.group(), False) for word in self.words[n]]
        return self.kinds[n]

    def around(self, mention: Mention) -> tuple[list[str], list[str]]:
        """The words before a name and behind it; the first of all is no name for its capital."""
        words, kinds = self.words[mention.sentence], self.kinds_of(mention.sentence)
        before = sum(word.end() <= mention.start for word in words)
        behind = sum(word.start() < mention.end for word in words)
        led = [kind_of(words[0].group(), True), *kinds[1:before]] if before else []
        return led, kinds[behind:]


def mentions(spoken: Spoken, skip: set[str]) -> Iterator[Mention]:
    """Runs of words with capitals, without what cannot be a name; not those of `skip`, in plain letters."""
    for n, sentence in enumerate(spoken.sentences):
        text, words = sentence.text, spoken.words[n]
        at = 0
        while at < len(words):
            end = run_from(words, at, text)
            if end == at:
                at += 1
                continue
            mention = named(n, text, words[at:end])
            at = end
            if mention and not {plain_letters(word) for word in mention.name.split()} <= skip:
                yield mention


def run_from(words: Sequence[re.Match[str]], at: int, text: str) -> int:
    """Where the run of capitals ends that begins with this word; `at` where none does."""
    if not words[at].group()[0].isupper():
        return at
    end = at + 1
    while end < len(words):
        word, before = words[end].group(), words[end - 1]
        if text[before.end() : words[end].start()] != " ":
            abbreviated = word == "." and before.group().lower() in TITLES and text[words[end].end() :][:1] == " "
            if not abbreviated:
                break
        elif not word[0].isupper() and not (
            word.lower() in PARTICLES and end + 1 < len(words) and words[end + 1].group()[0].isupper()
        ):
            break
        end += 1
    return end


def named(n: int, text: str, run: Sequence[re.Match[str]]) -> Mention | None:
    """The name in a run of capitals: what stands behind a title and is no word of greetings, days or places."""
    words = list(run)
    title = ""
    while words and (words[0].group() == "." or words[0].group().lower() in TITLES):
        title = title or words[0].group()
        words.pop(0)
    while words and no_part(words[0].group()):
        words.pop(0)
    while words and no_part(words[-1].group()):
        words.pop()
    if not words:
        return None
    begins = words[0].start()
    name = OWNED.sub("", text[begins : words[-1].end()])
    start = run[0].start() if title else begins
    return Mention(n, name, title, start, begins + len(name)) if len(name) > 1 else None


OWNED = re.compile(r"['’](?:s|ll|d|re)$")


def no_part(word: str) -> bool:
    lower = word.lower().replace("’", "'")
    return lower.partition("'")[0] in NOT_NAMES or lower in DAYS or lower in SPEAKERS or word == "."


def length(mention: Mention) -> str:
    return f"n{min(mention.name.count(' ') + 1, 3)}"


def features(spoken: Spoken, mention: Mention) -> list[Group]:
    """What is looked at around a name, besides what the expressions say of it."""
    sentence = spoken.sentences[mention.sentence]
    text = sentence.text
    led, follows = spoken.around(mention)
    long = length(mention)
    found = [
        is_so("=", long),
        *beside(led, follows),
        ("a123", (tuple([*follows, "$", "$", "$"][:3]),)),
        ("w", (sentence.where,)),
        ("L", (mention.name.rpartition(" ")[2].lower(),)),
        bag("S", (*led, *follows)),
        bag("B", led[-NEAR:]),
        pairs("BB", led[-AROUND:]),
        bag("A", follows[:FURTHER]),
        pairs("AA", follows[:AROUND]),
    ]
    if mention.title:
        found.append(is_so("title", f"title {long}"))
    if not led:
        found.append(is_so("opens", f"opens {long}"))
    if len(text) < 70 and len(led) < 3:
        found.append(is_so("line"))
    if any(map(is_head, mention.name.split())):
        found.append(is_so("job"))
    if mention.sentence:
        found.append(bag("P", spoken.kinds_of(mention.sentence - 1)[-NEAR:]))
        if spoken.sentences[mention.sentence - 1].text.rstrip().endswith(":"):
            found.append(is_so("below a colon"))
    if mention.sentence + 1 < len(spoken.sentences):
        found.append(bag("N", spoken.kinds_of(mention.sentence + 1)[: NEAR // 2]))
    return found


@lru_cache(maxsize=4_000)
def kind_of(word: str, opening: bool) -> str:
    """A word in small letters; numbers, days, nouns for who does a job, and names by what they are."""
    lower = word.lower().replace("’", "'")
    if word[0].isdigit():
        return "#"
    if not word[0].isupper() or opening:
        return "HEAD" if is_head(word) and not opening else lower
    if lower in DAYS:
        return "DAY"
    if is_head(word):
        return "HEAD"
    return lower if lower in OPENERS else "NAME"
