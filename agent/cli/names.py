"""How steps and states of the ledger are called in front of a person. Apart, so that `status` imports no more than this."""

from __future__ import annotations

STEP_WORDS = {
    "thank_you": "thank-you",
    "follow_up_1": "follow-up",
    "follow_up_2": "second follow-up",
    "check_in": "check-in",
    "rejection_reply": "reply to the no",
    "offer_reply": "reply to the offer",
    "competing_offer": "another offer",
    "debrief": "debrief",
    "prep": "preparation",
    "news": "your news",
    "paper_note": "words for a card",
}
STATE_WORDS = {
    "planned": "being put",
    "put": "to review",
    "edited": "yours",
    "overtaken": "overtaken",
    "missing": "not found",
    "vanished": "vanished",
    "gone": "deleted",
    "withdrawing": "being taken back",
    "withdrawn": "taken back",
    "approved": "confirmed",
    "attempting": "being sent",
    "sent": "sent",
    "refused": "refused",
    "unsure": "sent or not?",
    "missed": "missed",
}
