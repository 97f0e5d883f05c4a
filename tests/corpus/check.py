"""`python -m tests.corpus.check FILE.toml …`: is a course sound? Prints one line for each file, exit 1 if one is not."""

from __future__ import annotations

import sys
from email import message_from_bytes
from pathlib import Path

from tests.corpus.mailroom import load


def main() -> int:
    bad = 0
    for name in sys.argv[1:]:
        try:
            course = load(Path(name))
        except ValueError as error:
            bad += 1
            print(f"{name}: {error}")
            continue
        for built in course.messages:
            if message_from_bytes(built.raw).defects:
                bad += 1
                print(f"{name}: message {built.number} is malformed")
        print(f"{name}: {len(course.messages)} messages, {len(course.expected['opportunities'])} opportunities, sound")
    return bad > 0


if __name__ == "__main__":
    sys.exit(main())
