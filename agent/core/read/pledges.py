"""How likely a day is the one by which an answer is promised: a small linear model of the words around days, learnt from our own corpus.

It stands beside the expressions of `promising`: it hears what they do not foresee, and takes back what only sounds like them.
`python -m tests.bench.pledges` writes `pledges.txt`. Pure.
"""

from __future__ import annotations

from agent.core.read.dayforms import Day
from agent.core.read.linear import Group, Linear, bag, beside, is_so, pairs, words_of
from agent.core.read.promising import CLAUSE

MODEL = Linear("pledges.txt")
MARK = "DAY"
FAR = 12  # words of a clause before a day, and behind it
AHEAD = ((1, "past"), (4, "days"), (11, "week"), (26, "weeks"))  # days from writing up to which a day is called so
ASKS = frozenset("please kindly could can would let".split())


def of_sentence(sentence: str, before: str, behind: str) -> list[Group]:
    """What is looked at in a sentence in its normal form (`acts.normal`), whichever of its days is meant. `before`, `behind`: the
    sentences next to it."""
    said = words_of(sentence)
    found = [bag("S", said), pairs("SS", said), bag("P", words_of(before)), bag("N", words_of(behind))]
    if sentence.endswith("?"):
        found.append(is_so("asks"))
    if said[0] in ASKS:
        found.append(is_so("wishes"))
    return found


def of_day(sentence: str, mark: int, day: Day, ahead: int | None) -> list[Group]:
    """What is looked at around the day whose mark stands at `mark`. `ahead`: days from the mail to it, None where they are counted from
    the interview."""
    led, follows = words_of(sentence[:mark]), words_of(sentence[mark + len(MARK) :])
    earlier = led.count(MARK)
    days = 1 + earlier + follows.count(MARK)
    cuts = [cut.span() for cut in CLAUSE.finditer(sentence)]
    start = max((end for _, end in cuts if end <= mark), default=0)
    end = min((begin for begin, _ in cuts if begin > mark), default=len(sentence))
    before, behind = words_of(sentence[start:mark])[-FAR:], words_of(sentence[mark + len(MARK) : end])[:FAR]
    found = [
        is_so("="),
        *beside(led, follows),
        ("form", (day.form,)),
        ("formed", ((day.form, led[-1] if led else "^"),)),
        ("mode", (day.mode,)),
        ("days", (f"{min(days, 3)} {min(earlier, 2)}",)),
        ("ahead", (how_far(ahead),)),
        bag("B", before),
        pairs("BB", before),
        bag("A", behind),
        pairs("AA", behind),
    ]
    if "TIME" in follows[:3]:
        found.append(is_so("an hour behind"))
    return found


def how_far(ahead: int | None) -> str:
    if ahead is None:
        return "of the interview"
    return next((name for least, name in AHEAD if ahead < least), "far")
