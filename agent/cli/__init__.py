"""The command `afterword`."""

from __future__ import annotations

import argparse, json, sys
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo


def main(argv=None):
    parser = argparse.ArgumentParser(prog="afterword")
    sub = parser.add_subparsers(dest="command")
    r = sub.add_parser("replay")
    r.add_argument("path", type=Path)
    r.add_argument("--me", action="append", default=[])
    r.add_argument("--name", default="")
    r.add_argument("--timezone", default="UTC")
    r.add_argument("--country", default="")
    r.add_argument("--until", default="")
    r.add_argument("--json", action="store_true")
    o = parser.parse_args(argv)
    from agent.core.policy.rules import Rules
    from agent.core.read.reader import Owner
    from agent.core.render import Identity, Wording
    from agent.shell.replay import Replay, understood
    from agent.templates import texts

    zone = ZoneInfo(o.timezone)
    holidays = frozenset()
    if o.country:
        import holidays as h

        holidays = h.country_holidays(o.country)
    owner = Owner((o.name,), frozenset(a.lower() for a in o.me), zone, o.timezone in US or o.country == "US", holidays)
    rules = Rules(zone=zone, holidays=holidays, owner_name=o.name, owner_addresses=tuple(o.me))
    replay = Replay(rules, Identity(o.name, o.me[0]), Wording(texts()))
    until = datetime.fromisoformat(o.until)
    pairs = list(understood(o.path, owner))
    replay.run(pairs, until)
    print(json.dumps(replay.result(until, {}), ensure_ascii=False))
    return 0


US = {"America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles", "America/Phoenix", "America/Anchorage", "America/Detroit", "Pacific/Honolulu", "America/Boise", "Asia/Manila"}
