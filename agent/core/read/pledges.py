"""How likely a day is the one by which an answer is promised: a small linear model of the words around days, learnt from our own corpus.

It stands beside the expressions of `promising`: it hears what they do not foresee, and takes back what only sounds like them.
`python -m tests.bench.pledges` writes `pledges.txt`. Pure.
"""

from __future__ import annotations

import re
from itertools import pairwise

from agent.core.read.dayforms import Day
from agent.core.read.linear import Linear
from agent.core.read.promising import CLAUSE

MODEL = Linear("pledges.txt")
WORD = re.compile(r"[A-Za-zà-ÿ']+|[^\w\s]|\d+")
MARK = "DAY"
FAR = 12  # words of a clause before a day, and behind it
AHEAD = ((1, "past"), (4, "days"), (11, "week"), (26, "weeks"))  # days from writing up to which a day is called so
ASKS = frozenset("please kindly could can would let".split())


def features(sentence: str, mark: int, day: Day, ahead: int | None, before: str, behind: str) -> list[str]:
    """What is looked at, for the day whose mark stands at `mark` of a sentence in its normal form (`acts.normal`). `ahead`: days from
    the mail to it, None where they are counted from the interview; `before`, `behind`: the sentences next to it."""
    said = words_of(sentence)
    led, follows = words_of(sentence[:mark]), words_of(sentence[mark + len(MARK) :])
    first, second, third = ["^", "^", "^", *led][-3:]
    now, then = [*follows, "$", "$"][:2]
    found = [
        *("=", f"p1:{third}", f"p2:{second}", f"p12:{second} {third}", f"p123:{first} {second} {third}"),
        *(f"a1:{now}", f"a12:{now} {then}", f"pa:{third} {now}", f"form:{day.form}", f"form:{day.form} {third}"),
        *(f"mode:{day.mode}", f"days:{min(said.count(MARK), 3)} {min(led.count(MARK), 2)}", f"ahead:{how_far(ahead)}"),
    ]
    cuts = [cut.span() for cut in CLAUSE.finditer(sentence)]
    start = max((end for _, end in cuts if end <= mark), default=0)
    end = min((begin for begin, _ in cuts if begin > mark), default=len(sentence))
    clause = words_of(sentence[start:mark])[-FAR:], words_of(sentence[mark + len(MARK) : end])[:FAR]
    for name, words in zip("BA", clause, strict=True):
        found += [f"{name}:{word}" for word in dict.fromkeys(words)]
        found += [f"{name}{name}:{one} {other}" for one, other in dict.fromkeys(pairwise(words))]
    found += [f"S:{word}" for word in dict.fromkeys(said)]
    found += [f"SS:{one} {other}" for one, other in dict.fromkeys(pairwise(said))]
    found += [f"P:{word}" for word in dict.fromkeys(words_of(before))]
    found += [f"N:{word}" for word in dict.fromkeys(words_of(behind))]
    if "TIME" in follows[:3]:
        found.append("an hour behind")
    if sentence.endswith("?"):
        found.append("asks")
    if said[0] in ASKS:
        found.append("wishes")
    return found


def words_of(text: str) -> list[str]:
    return ["#" if word[0].isdigit() else word for word in WORD.findall(text)]


def how_far(ahead: int | None) -> str:
    if ahead is None:
        return "of the interview"
    return next((name for least, name in AHEAD if ahead < least), "far")
