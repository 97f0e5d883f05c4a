"""What was decided about a message: its kind, whether it is unclear or mere courtesy, and the words that it rests on."""

from __future__ import annotations

from dataclasses import dataclass

from agent.core.read.reading import Act, Evidence, Kind, Reading

HARD = 5.0  # the score from which an act decides by itself


@dataclass(frozen=True, slots=True)
class Decision:
    """The kind; whether its meaning is unclear (P2); whether it is mere courtesy (P32); on which words this rests."""

    kind: Kind
    unclear: bool = False
    courtesy: bool = False
    why: tuple[Evidence, ...] = ()


def because(reading: Reading, *acts: Act) -> tuple[Evidence, ...]:
    return tuple(said.evidence for said in (reading.act(a) for a in acts) if said)
