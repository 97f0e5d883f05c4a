"""What the owner noted in the debrief -> words that may stand in a thank-you (P10, P17).

Rule 1: a sentence goes in as it stands; a phrase is put into a sentence; a note *about* somebody stays a blank that quotes
it, because it cannot be said to them as it is (P7).
Rule 2: what is noted about one person goes to nobody else, and one point goes to one person.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from agent.core.opportunity import Contact, Debrief
from agent.core.policy.people import display, same_person

THIRD_PERSON = re.compile(
    r"\b(?:he|she|him|her|hers|his|they|them|their|theirs|s/he|he['’]s|she['’]s|they['’]re)\b", re.I
)
FIRST_PERSON = re.compile(r"^(?:i|we|thank|thanks|hearing|talking|seeing|learning|it was|there was)\b(?=.* )", re.I)
ASKING = ("how", "what", "why")
LEFT_OUT_I = re.compile(
    r"^(?:really |especially |very much )?(?:loved|liked|enjoyed|learned|learnt|appreciated|admired|forgot|wanted|meant|should have)\b",
    re.I,
)
PHRASE = re.compile(r"^(?:the|your|our|a|an|how|what|why|that|this|my|all)\b", re.I)
FINITE = re.compile(
    r"\b(?:is|are|was|were|has|had|will|would|can|could|seems?|said|told|asked|went|wants?|needs?|hates?|likes?|knows?)\b",
    re.I,
)
LONGEST = 400


def remembered(debrief: Debrief, contact: Contact, thanked: Sequence[Contact]) -> str:
    """The personal point of the thank-you to `contact`, or "". `thanked`: all who get one, in their order."""
    own = [text for who, text in debrief.remember if who and is_called(contact, who)]
    if own:
        return " ".join(said(text, contact, "I keep thinking about") for text in own[:2])
    shared = [text for who, text in debrief.remember if not who]
    without = [c for c in thanked if not any(who and is_called(c, who) for who, _ in debrief.remember)]
    number = next((n for n, c in enumerate(without) if c.email == contact.email), len(shared))
    return said(shared[number], contact, "I keep thinking about") if number < len(shared) else ""


def clarified(debrief: Debrief, contact: Contact) -> str:
    return said(debrief.clarify, contact, "There is one thing that I did not get to say:") if debrief.clarify else ""


def is_called(contact: Contact, who: str) -> bool:
    return same_person(who, display(contact)) or same_person(who, contact.address.local.replace(".", " "))


def said(note: str, contact: Contact, opening: str) -> str:
    """One note as something that can be said to this person."""
    text = " ".join(note.split())[:LONGEST].strip(" -–—•*\t")
    if not text or "[[" in text:
        return text
    names = {w.lower() for w in display(contact).split() if len(w) > 2}
    about_them = bool(names & set(re.findall(r"[\w'’-]+", text.lower().replace("'s", "").replace("’s", ""))))
    if THIRD_PERSON.search(text) or about_them:
        return f"[[your note: “{text.replace(']]', '')}” – in words to {given(contact)}]]"
    if LEFT_OUT_I.match(text):
        return ended(f"I {text[:1].lower()}{text[1:]}")
    sentence = text[-1] in ".!" and text[:1].isupper() and len(text.split()) >= 4
    if sentence or FIRST_PERSON.match(text):
        return ended(f"{text[:1].upper()}{text[1:]}")
    if opening.endswith(":"):
        return ended(f"{opening} {text}")
    first, _, rest = text.partition(" ")
    if PHRASE.match(text) and text[-1] not in ".?!" and (first.lower() in ASKING or not FINITE.search(text)):
        return ended(f"{opening} {first.lower()} {rest}")
    return f"[[your note: “{text.replace(']]', '')}” – as a sentence to {given(contact)}]]"


def given(contact: Contact) -> str:
    return display(contact).split(" ")[0] or contact.email


def ended(text: str) -> str:
    return text if text[-1] in ".!?…" else f"{text}."
