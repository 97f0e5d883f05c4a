"""Is a message about a job that the owner is a candidate for? What all its words together say of that (`Reading.opinion`).

Words alone believe only what is far likelier than anything else, and no short message; how far they lean counts among other evidence.
"""

from __future__ import annotations

from math import log10

from agent.core.hours import timed_slots
from agent.core.read.reading import LEAST_CHANCE, Opinion, Reading

SURE = 40.0  # times likelier
FEW = {False: 25, True: 12}  # words of a received or sent message: a shorter one may be anything, whatever its words
RATHER = 0.1  # from here on something could well be
CLEARLY = 5.0  # a job named beside words that say it is one
OTHERS = ("foreign", "courtesy", "other")


def heard(reading: Reading) -> Opinion | None:
    """The opinion on a message that is long enough to have one."""
    return reading.opinion if reading.words >= FEW[reading.sent] else None


def called_for_a_job(reading: Reading) -> bool:
    """ "Your application for Ward Clerk … please attend on 17 March at 14:20", however much of a hospital the rest speaks."""
    return reading.applied_before and bool(timed_slots(reading)) and any(r.weight >= CLEARLY for r in reading.roles[:1])


def leaning(reading: Reading) -> float:
    """How far all the words together lean towards a job of the owner's: the decimal logarithm of how many times likelier that is than
    anything else, from -2.7 to 2.7; less of it where there are few words, and 0 where there is no opinion."""
    opinion = reading.opinion
    if opinion is None:
        return 0.0
    whole = min(1.0, reading.words / FEW[False])
    return whole * log10(max(ours(opinion), LEAST_CHANCE) / max(opinion.of(*OTHERS), LEAST_CHANCE))


def believed(reading: Reading) -> bool:
    """Do all the words together surely speak of a job that the owner is a candidate for?"""
    opinion = heard(reading)
    return opinion is not None and ours(opinion) >= SURE * max(opinion.of(*OTHERS), LEAST_CHANCE)


def doubted(reading: Reading, least: float) -> bool:
    """Is it at least so likely about something else?"""
    opinion = heard(reading)
    return opinion is not None and opinion.of("foreign") >= least


def ours(opinion: Opinion) -> float:
    return sum(chance for label, chance in opinion.chances if label not in OTHERS)
