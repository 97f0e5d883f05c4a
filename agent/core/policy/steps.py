"""The steps of POLICY, "The windows", in the order in which they are told. A new step is one function and one row here."""

from __future__ import annotations

from agent.core.policy.competing import competing_offers
from agent.core.policy.notes import debrief, paper_note, prep
from agent.core.policy.nudges import check_ins, follow_ups
from agent.core.policy.replies import news, offer_reply, rejection_reply
from agent.core.policy.thanks import thank_you
from agent.core.policy.view import StepFunction

STEPS: tuple[StepFunction, ...] = (
    prep,
    thank_you,
    debrief,
    paper_note,
    follow_ups,
    check_ins,
    rejection_reply,
    offer_reply,
    competing_offers,
    news,
)
