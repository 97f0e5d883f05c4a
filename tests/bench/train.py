"""`python -m tests.bench.train`: learns the weights of `agent.core.read.model` from the corpus and writes them down.

Learns from tests/corpus/sentences, singles/learn, everyday/learn and the courses of learn/ only. Multinomial logistic regression by stochastic gradient
descent in plain Python; the same corpus gives the same file. `--cross N` tells instead how well it does on messages held back.
"""

from __future__ import annotations

import argparse
import random
import re
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import exp, sqrt
from pathlib import Path

from agent.core.decode.message import decode
from agent.core.read import model, reader, senders
from agent.core.read.sentences import Sentence, sentences
from agent.core.read.words import words_of
from agent.core.values import Message
from tests.corpus.mailroom import Course, courses
from tests.corpus.singles import HERE, OWNER, Single, singles, utterances

OUT, WHOLES = (Path(model.__file__).with_name(name) for name in model.DATA)
LEARN = (HERE / "singles" / "learn", HERE / "everyday" / "learn")
# What a message's label makes of the sentences that are marked in it.
LABELS = {
    "rejection": "reject",
    "offer": "offer",
    "interview_invitation": "invite",
    "interview_confirmation": "fix",
    "interview_rescheduled": "move",
    "interview_cancelled": "cancel",
    "status_update": "status",
    "information_request": "info",
    "assessment_request": "assess",
    "courtesy": "courtesy",
    "unclear": "unclear",
    "application_receipt": "receipt",
    "foreign": "neutral",
    "sent:interview_confirmation": "agree",
    "sent:offers_times": "times",
    "sent:thank_you": "thank",
    "sent:follow_up": "chase",
    "sent:offer_acceptance": "accept",
    "sent:offer_decline": "decline",
    "sent:withdrawal": "withdraw",
    "sent:small": "small",
    "sent:rejection_reply": "small",
    "sent:application": "small",
}
SAME = {"promise": "status"}
# What a message of another kind does not say, however much it sounds like it.
HARD = frozenset(("reject", "offer", "cancel", "move", "accept", "decline", "withdraw"))
EPOCHS = 16
FIRST_STEP = 0.05
STRENGTH = 4.0  # of the data against the wish for small weights
FEWEST = 2  # sentences that a feature must occur in
HALF = 0.5  # the weight of an unmarked sentence: some of them do decide a little
LEVELS = 38
KEPT = {False: 24_000, True: 9_000}


@dataclass(frozen=True)
class Sample:
    """One sentence to learn from. `group`: the message it stands in, "" for one by itself."""

    normal: str
    label: str
    sent: bool
    group: str = ""
    kind: str = ""
    weight: float = 1.0


Judge = Callable[[str, bool], dict[str, float]]

# ------------------------------------------------------------------------------------------------------- what to learn


def normal_forms(single: Single) -> list[tuple[str, str]]:
    return forms_of(single.message(), OWNER)


def forms_of(message: Message, owner: reader.Owner) -> list[tuple[str, str]]:
    """The sentences of a message, as written and in their normal form."""
    return [(line.sentence.text, line.normal) for line in lines_of(message, owner) if line.sentence.where == "text"]


def lines_of(message: Message, owner: reader.Owner) -> list[reader.Line]:
    """Its subject, where it has one, and its sentences, as the reader prepares them."""
    subject = reader.bare_subject(message.subject)
    body = sentences(message.body.own)
    words = words_of(message.body.own)
    names = reader.organisation_names(message, subject, body, senders.kind_of(message), words).names
    roles = reader.role_names(subject, body, message.events)
    spoken: Sequence[Sentence] = (Sentence(subject, "subject", True), *body) if subject else body
    return reader.prepared(spoken, names, roles, message, owner)


def marked(single: Single) -> list[tuple[str, bool]]:
    """Normal forms, and whether the sentence decides: it holds, or is held by, marked words."""
    spans = single.spans
    forms = normal_forms(single)
    found = [[form, any(covers(span, " ".join(text.split())) for span in spans)] for text, form in forms]
    if spans and found and not any(hit for _, hit in found):
        wanted = set(re.findall(r"\w+", " ".join(spans).lower()))
        max(found, key=lambda row: len(wanted.intersection(str(row[0]).split())))[1] = True
    return [(str(form), bool(hit)) for form, hit in found]


def covers(span: str, text: str) -> bool:
    if text in span or span in text:
        return True
    words, spoken = re.findall(r"\w+", text.lower()), set(re.findall(r"\w+", span.lower()))
    return len(words) >= 3 and sum(word in spoken for word in words) > 0.75 * len(words)


def samples() -> list[Sample]:
    out: list[Sample] = []
    for said in utterances():
        sent = said.label.startswith("s:")
        label = said.label.removeprefix("s:")
        forms = normal_forms(Single("sent:one" if sent else "one", "", said.text, said.source))
        out.append(Sample(" ".join(form for _, form in forms), SAME.get(label, label), sent))
    for number, single in enumerate(s for folder in LEARN for s in singles(folder)):
        label = LABELS[single.label]
        group = f"{number}"
        for form, hit in marked(single):
            own = label if hit or label == "courtesy" else "neutral"
            weight = HALF if own == "neutral" and label != "neutral" else 1.0
            out.append(Sample(form, own, single.sent, group, label, weight))
    return out


def of_courses(judge: Judge, chosen: Sequence[Course]) -> list[Sample]:
    """Sentences of whole mailboxes. Only the message's kind is known, so `judge` says which of its sentences means it."""
    out: list[Sample] = []
    for course in chosen:
        owner = course.owner
        for built in course.messages:
            kind = "unclear" if built.row.get("unclear") else built.row["kind"]
            label = LABELS.get(f"sent:{kind}" if built.sent else kind, "")
            message = decode(built.raw, owner.addresses)
            if kind in ("auto_reply", "bounce") or message.list_id:
                continue
            forms = [form for _, form in forms_of(message, owner)]
            out += told_apart(forms, label, built.sent, judge)
    return out


def told_apart(forms: Sequence[str], label: str, sent: bool, judge: Judge) -> list[Sample]:
    """The sentences that say `label` surely enough, and those that, against all appearance, say nothing hard."""
    chances = [judge(form, sent) for form in forms]
    best = max((c.get(label, 0.0) for c in chances), default=0.0)
    out: list[Sample] = []
    for form, chance in zip(forms, chances, strict=True):
        top = max(chance, key=lambda name: chance[name])
        means = chance.get(label, 0.0)
        if label and (means >= 0.5 or means == best and best >= 0.08):
            out.append(Sample(form, label, sent, weight=1.0 if means >= 0.5 else 0.7))
        elif top in HARD and label != top:
            out.append(Sample(form, "neutral", sent))
        elif top == "neutral":
            out.append(Sample(form, "neutral", sent, weight=HALF))
    return out


# ------------------------------------------------------------------------------------------------------------ learning

Row = tuple[list[str], int, float]


class Learner:
    """Weights while they are learnt: feature -> one number for each label."""

    def __init__(self, rows: Sequence[Row], labels: Sequence[str], kept: Iterable[str]) -> None:
        self.labels = tuple(labels)
        self.table = {feature: [0.0] * len(labels) for feature in kept}
        self.bias = [0.0] * len(labels)
        self.rows = rows

    def learn(self, epochs: int = EPOCHS) -> None:
        shuffled = list(self.rows)
        chance = random.Random(7)
        for epoch in range(epochs):
            chance.shuffle(shuffled)
            step = FIRST_STEP / (1 + 0.35 * epoch)
            for row in shuffled:
                self.one(row, step)
            decay = max(0.0, 1 - step / STRENGTH)
            for feature, weights in self.table.items():
                self.table[feature] = [w * decay for w in weights]

    def one(self, row: Row, step: float) -> None:
        found, wanted, weight = row
        scale = model.LENGTH / sqrt(len(found) or 1)
        vectors = [self.table[f] for f in found if f in self.table]
        scores = list(map(sum, zip(*vectors, strict=True))) or [0.0] * len(self.labels)
        chances = softmax([b + scale * s for b, s in zip(self.bias, scores, strict=True)])
        for n, chance in enumerate(chances):
            slope = weight * ((n == wanted) - chance)
            if abs(slope) < 0.004:
                continue
            self.bias[n] += step * slope
            change = step * slope * scale
            for vector in vectors:
                vector[n] += change

    def probabilities(self, found: list[str]) -> dict[str, float]:
        scale = model.LENGTH / sqrt(len(found) or 1)
        scores = list(self.bias)
        for feature in found:
            if feature in self.table:
                scores = [s + scale * w for s, w in zip(scores, self.table[feature], strict=True)]
        return dict(zip(self.labels, softmax(scores), strict=True))


def softmax(scores: Sequence[float]) -> list[float]:
    top = max(scores)
    powers = [exp(score - top) for score in scores]
    whole = sum(powers)
    return [power / whole for power in powers]


def learnt(learn_from: Sequence[Sample], most: int) -> Learner:
    """What tells the acts of sentences apart, learnt from `learn_from`."""
    labels = sorted({s.label for s in learn_from})
    return learnt_from([(model.features(s.normal), labels.index(s.label), s.weight) for s in learn_from], labels, most)


def learnt_from(rows: Sequence[Row], labels: Sequence[str], most: int) -> Learner:
    """Learn with all features, keep the weightiest, learn again with those."""
    seen = Counter(feature for found, _, _ in rows for feature in found)
    kept = sorted(f for f, n in seen.items() if n >= FEWEST)
    first = Learner(rows, labels, kept)
    first.learn(10)
    weight = {f: max(map(abs, w)) * sqrt(seen[f]) for f, w in first.table.items()}
    best = sorted(sorted(kept, key=lambda f: (-weight[f], f))[:most])
    second = Learner(rows, labels, best)
    second.learn()
    return second


def written(learner: Learner, side: str) -> list[str]:
    """As `model.parse` reads it."""
    largest = sorted(max(map(abs, w)) for w in learner.table.values())[int(0.999 * len(learner.table))]
    step = round(largest / LEVELS, 6)
    lines = [f"= {side} {step}", " ".join(learner.labels), " ".join(f"{b:.4f}" for b in learner.bias)]
    for feature, weights in sorted(learner.table.items()):
        levels = [max(-LEVELS, min(LEVELS, round(w / step))) for w in weights]
        if any(levels):
            lines.append("".join(chr(model.MIDDLE + n) for n in levels) + feature)
    return lines


# ------------------------------------------------------------------------------------------------------------- judging


def cross(every: Sequence[Sample], parts: int, most: int, sent: bool) -> None:
    """Hold back one part of the messages after the other: what do the surest sentences say there?"""
    groups = sorted({s.group for s in every if s.group}, key=int)
    random.Random(3).shuffle(groups)
    part = {group: n % parts for n, group in enumerate(groups)}
    judged: list[tuple[str, str, float]] = []
    for n in range(parts):
        learner = learnt([s for s in every if part.get(s.group) != n], most)
        best: dict[str, tuple[float, str, str]] = {}
        for s in every:
            if part.get(s.group) == n:
                chances = learner.probabilities(model.features(s.normal))
                chances.pop("neutral")
                label = max(chances, key=lambda name: chances[name])
                if s.group not in best or chances[label] > best[s.group][0]:
                    best[s.group] = (chances[label], label, s.kind)
        judged += [(kind, label, chance) for chance, label, kind in best.values()]
    print("sent" if sent else "received", len(judged), "messages, macro F1", f"{macro(judged):.3f}")
    for least in (0.9, 0.7, 0.5):
        sure = [kind == label for kind, label, chance in judged if chance >= least]
        print(f"  {least}: {len(sure) / len(judged):.2f} of them, right {sum(sure) / (len(sure) or 1):.3f}")


def macro(judged: Sequence[tuple[str, str, float]], least: float = 0.35) -> float:
    told = [(kind, label if chance >= least else "neutral") for kind, label, chance in judged]
    scores = []
    for name in {kind for kind, _ in told} - {"neutral"}:
        both = sum(k == name == t for k, t in told)
        scores.append(2 * both / (sum(k == name for k, _ in told) + sum(t == name for _, t in told)))
    return sum(scores) / len(scores)


def trained(every: Sequence[Sample]) -> list[str]:
    """The lines of the file of weights."""
    lines: list[str] = []
    for side, sent in model.SIGN.items():
        of_side = [s for s in every if s.sent is sent]
        learner = learnt(of_side, KEPT[sent])
        lines += written(learner, side)
        print(f"{side}: {len(of_side)} sentences, {len(learner.table)} features, {len(learner.labels)} labels")
    return lines


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--cross", type=int, default=0, metavar="N", help="cross-validate in N parts, write nothing")
    chosen = options.parse_args()
    began = time.perf_counter()
    every = samples()
    if chosen.cross:
        for sent in model.SIGN.values():
            cross([s for s in every if s.sent is sent], chosen.cross, KEPT[sent], sent)
    else:
        first = model.parse(trained(every), WHOLES.read_text(encoding="utf-8").split("\n"))
        whole = of_courses(lambda form, sent: first[sent].probabilities(form), list(courses(HERE / "learn")))
        OUT.write_text("\n".join(trained([*every, *whole])) + "\n", encoding="utf-8")
        print(f"{OUT.name}: {OUT.stat().st_size // 1024} kB")
    print(f"{time.perf_counter() - began:.0f} s")


if __name__ == "__main__":
    main()
