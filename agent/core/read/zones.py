"""Names of time zones in prose -> what they mean. Abbreviations that name two zones are taken only where one is plainly meant.

"EST" written in July means Eastern time to those who write it: the standard/daylight letter is not taken at its word.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

NAMED = {
    "utc": "UTC",
    "gmt": "Etc/GMT",
    "z": "UTC",
    "et": "America/New_York",
    "est": "America/New_York",
    "edt": "America/New_York",
    "eastern": "America/New_York",
    "ct": "America/Chicago",
    "cdt": "America/Chicago",
    "central": "America/Chicago",
    "mt": "America/Denver",
    "mst": "America/Denver",
    "mdt": "America/Denver",
    "mountain": "America/Denver",
    "pt": "America/Los_Angeles",
    "pst": "America/Los_Angeles",
    "pdt": "America/Los_Angeles",
    "pacific": "America/Los_Angeles",
    "bst": "Europe/London",
    "uk": "Europe/London",
    "british": "Europe/London",
    "wet": "Europe/Lisbon",
    "west": "Europe/Lisbon",
    "cet": "Europe/Berlin",
    "cest": "Europe/Berlin",
    "mez": "Europe/Berlin",
    "mesz": "Europe/Berlin",
    "eet": "Europe/Athens",
    "eest": "Europe/Athens",
    "msk": "Europe/Moscow",
    "sast": "Africa/Johannesburg",
    "cat": "Africa/Harare",
    "wat": "Africa/Lagos",
    "eat": "Africa/Nairobi",
    "gst": "Asia/Dubai",
    "pkt": "Asia/Karachi",
    "ist": "Asia/Kolkata",
    "npt": "Asia/Kathmandu",
    "ict": "Asia/Bangkok",
    "wib": "Asia/Jakarta",
    "sgt": "Asia/Singapore",
    "hkt": "Asia/Hong_Kong",
    "pht": "Asia/Manila",
    "jst": "Asia/Tokyo",
    "kst": "Asia/Seoul",
    "aest": "Australia/Sydney",
    "aedt": "Australia/Sydney",
    "awst": "Australia/Perth",
    "acst": "Australia/Darwin",
    "acdt": "Australia/Adelaide",
    "nzt": "Pacific/Auckland",
    "nzst": "Pacific/Auckland",
    "nzdt": "Pacific/Auckland",
    "brt": "America/Sao_Paulo",
    "art": "America/Argentina/Buenos_Aires",
    "cot": "America/Bogota",
    "clt": "America/Santiago",
    "ast": "America/Halifax",
    "hst": "Pacific/Honolulu",
    "akst": "America/Anchorage",
    "sgp": "Asia/Singapore",
    "india": "Asia/Kolkata",
    "indian": "Asia/Kolkata",
    "japan": "Asia/Tokyo",
    "korea": "Asia/Seoul",
    "german": "Europe/Berlin",
    "germany": "Europe/Berlin",
    "french": "Europe/Paris",
    "dutch": "Europe/Amsterdam",
    "swiss": "Europe/Zurich",
    "irish": "Europe/Dublin",
    "gulf": "Asia/Dubai",
    "uae": "Asia/Dubai",
    "nyc": "America/New_York",
    "sf": "America/Los_Angeles",
    "sydney": "Australia/Sydney",
    "bangalore": "Asia/Kolkata",
    "mumbai": "Asia/Kolkata",
    "delhi": "Asia/Kolkata",
    "pune": "Asia/Kolkata",
    "texas": "America/Chicago",
    "california": "America/Los_Angeles",
    "boston": "America/New_York",
    "austin": "America/Chicago",
    "seattle": "America/Los_Angeles",
    "munich": "Europe/Berlin",
    "hamburg": "Europe/Berlin",
    "frankfurt": "Europe/Berlin",
    "cape town": "Africa/Johannesburg",
    "jerusalem": "Asia/Jerusalem",
    "tel aviv": "Asia/Jerusalem",
    "israel": "Asia/Jerusalem",
    "kenyan": "Africa/Nairobi",
    "nigerian": "Africa/Lagos",
    "wellington": "Pacific/Auckland",
    "abu dhabi": "Asia/Dubai",
    "rio": "America/Sao_Paulo",
    "brasilia": "America/Sao_Paulo",
    "brasília": "America/Sao_Paulo",
    "geneva": "Europe/Zurich",
    "barcelona": "Europe/Madrid",
    "milan": "Europe/Rome",
    "beijing": "Asia/Shanghai",
}
# Cities that zones are called after; "São Paulo time", "Oslo time".
CITIES = {
    name.rsplit("/", 1)[1].replace("_", " ").lower(): name
    for name in [
        "Europe/London",
        "Europe/Dublin",
        "Europe/Lisbon",
        "Europe/Madrid",
        "Europe/Paris",
        "Europe/Brussels",
        "Europe/Amsterdam",
        "Europe/Berlin",
        "Europe/Zurich",
        "Europe/Vienna",
        "Europe/Rome",
        "Europe/Oslo",
        "Europe/Stockholm",
        "Europe/Copenhagen",
        "Europe/Helsinki",
        "Europe/Warsaw",
        "Europe/Prague",
        "Europe/Budapest",
        "Europe/Athens",
        "Europe/Istanbul",
        "Europe/Bucharest",
        "Europe/Sofia",
        "Europe/Kyiv",
        "Europe/Moscow",
        "Europe/Belgrade",
        "Europe/Zagreb",
        "Africa/Lagos",
        "Africa/Nairobi",
        "Africa/Cairo",
        "Africa/Johannesburg",
        "Africa/Accra",
        "Africa/Casablanca",
        "Asia/Dubai",
        "Asia/Karachi",
        "Asia/Kolkata",
        "Asia/Dhaka",
        "Asia/Colombo",
        "Asia/Bangkok",
        "Asia/Jakarta",
        "Asia/Singapore",
        "Asia/Manila",
        "Asia/Shanghai",
        "Asia/Tokyo",
        "Asia/Seoul",
        "Asia/Taipei",
        "Asia/Amman",
        "Asia/Beirut",
        "Asia/Riyadh",
        "Asia/Kathmandu",
        "Australia/Sydney",
        "Australia/Melbourne",
        "Australia/Brisbane",
        "Australia/Perth",
        "Australia/Adelaide",
        "Pacific/Auckland",
        "Pacific/Fiji",
        "America/Toronto",
        "America/Montreal",
        "America/Vancouver",
        "America/Halifax",
        "America/Chicago",
        "America/Denver",
        "America/Phoenix",
        "America/Bogota",
        "America/Lima",
        "America/Santiago",
        "America/Caracas",
    ]
}
CITIES |= {
    "new york": "America/New_York",
    "los angeles": "America/Los_Angeles",
    "mexico city": "America/Mexico_City",
    "são paulo": "America/Sao_Paulo",
    "sao paulo": "America/Sao_Paulo",
    "buenos aires": "America/Argentina/Buenos_Aires",
    "hong kong": "Asia/Hong_Kong",
    "san francisco": "America/Los_Angeles",
    "bogotá": "America/Bogota",
    "kuala lumpur": "Asia/Kuala_Lumpur",
}
YOURS = ("your time", "your local time", "your end", "your side", "for you", "yours", "your timezone", "your time zone")
MINE = (
    "my time",
    "our time",
    "mine",
    "ours",
    "my end",
    "our end",
    "here",
    "my side",
    "our side",
    "over here",
    "local time here",
    "for me",
    "for us",
    "our timezone",
    "my timezone",
)

WORDS = sorted(
    {*NAMED, *CITIES}
    - {"z", "art", "cat", "west", "ast", "ist", "est", "et", "mt", "ct", "pt", "rio", "sf", "uk", "eat"},
    key=len,
    reverse=True,
)
ZONE_PATTERN = (
    r"\b(?:utc|gmt)\s?[+\-−–]\s?\d{1,2}(?::?\d\d)?\b"
    r"|\b(?-i:UTC|GMT|ET|EST|EDT|CT|CST|CDT|MT|MST|MDT|PT|PST|PDT|BST|IST|WET|WEST|CET|CEST|MEZ|MESZ|EET|EEST|MSK|SAST|CAT|WAT|EAT|GST|PKT|NPT|ICT|WIB|SGT|HKT|PHT|JST|KST|AEST|AEDT|AWST|ACST|ACDT|NZT|NZST|NZDT|BRT|ART|COT|CLT|AST|HST|AKST)\b"
    r"|\b(?:" + "|".join(map(re.escape, WORDS)) + r"|uk|et|pt|ct|mt)\s(?:standard |daylight |local |summer )?time\b"
    r"|\b(?-i:Eastern|Central|Pacific|Mountain)\b(?!\s(?:Park|Station|Street|Office|Library|Bank|Region|Europe|European|Business|Avenue|Railway|University))"
    r"|\b(?:your|my|our)\s(?:local\s)?(?:time(?:\s?zone)?|end|side)\b|\b(?:mine|ours|yours)\b"
)
OFFSET = re.compile(r"(?:utc|gmt)\s?([+\-−–])\s?(\d{1,2}):?(\d\d)?")


def zone_named(text: str) -> str:
    """ "3pm <text>" -> an IANA name, "+05:30", "yours", "mine", or "" where it is no zone that we know."""
    text = " ".join(text.lower().split())
    if text in YOURS:
        return "yours"
    if text in MINE:
        return "mine"
    offset = OFFSET.fullmatch(text)
    if offset:
        sign = "+" if offset.group(1) == "+" else "-"
        return f"{sign}{int(offset.group(2)):02}:{offset.group(3) or '00'}"
    bare = re.sub(r"\s(?:standard |daylight |local |summer )?time$", "", text)
    return NAMED.get(bare) or CITIES.get(bare) or ("America/Chicago" if bare == "cst" else "")


def zone_of(text: str, owner: tzinfo, writer: tzinfo, at: datetime) -> tzinfo:
    """The zone that a text behind a time means at that moment; the owner's where it means none that we know.

    `owner`: whose mailbox it is; `writer`: the offset of the Date header. IST and CST mean several zones: where the
    owner's zone carries that very abbreviation, it is the owner's.
    """
    named = zone_named(text)
    if not named or named == "yours" or (len(text) <= 5 and text.isalpha() and abbreviates(owner, text, at)):
        return owner
    if named == "mine":
        return writer
    if named[0] in "+-":
        hours, minutes = int(named[1:3]), int(named[4:6])
        return timezone((1 if named[0] == "+" else -1) * timedelta(hours=hours, minutes=minutes))
    try:
        return ZoneInfo(named)
    except (ZoneInfoNotFoundError, ValueError):
        return owner


def abbreviates(zone: tzinfo, text: str, at: datetime) -> bool:
    """Does the zone itself use this abbreviation (IST in Dublin in summer, CST in Shanghai)?"""
    wanted = text.upper()
    return any(
        moment.replace(tzinfo=zone).tzname() == wanted
        for moment in (
            at.replace(tzinfo=None),
            at.replace(tzinfo=None, month=1, day=15),
            at.replace(tzinfo=None, month=7, day=15),
        )
    )
