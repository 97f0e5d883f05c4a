"""Names of time zones in prose -> what they mean. Abbreviations that name two zones are taken only where one is plainly meant.

"EST" written in July means Eastern time to those who write it: the standard/daylight letter is not taken at its word.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

# What people write behind a time -> the zone of the tz database that they mean.
TABLE = """
UTC: utc, z
Etc/GMT: gmt
America/New_York: et, est, edt, eastern, nyc, boston
America/Chicago: ct, cdt, central, texas, austin
America/Denver: mt, mst, mdt, mountain
America/Los_Angeles: pt, pst, pdt, pacific, sf, california, seattle, san francisco
Europe/London: bst, uk, british
Europe/Lisbon: wet, west, portuguese, portugal, porto
Europe/Berlin: cet, cest, mez, mesz, german, germany, munich, hamburg, frankfurt
Europe/Athens: eet, eest, greek, greece
Europe/Moscow: msk
Africa/Johannesburg: sast, cape town, south african, south africa, durban
Africa/Harare: cat
Africa/Lagos: wat, nigerian, nigeria
Africa/Nairobi: eat, kenyan, kenya
Asia/Dubai: gst, gulf, uae, abu dhabi
Asia/Karachi: pkt
Asia/Kolkata: ist, india, indian, bangalore, mumbai, delhi, pune
Asia/Kathmandu: npt
Asia/Bangkok: ict
Asia/Jakarta: wib
Asia/Singapore: sgt, sgp
Asia/Hong_Kong: hkt
Asia/Manila: pht
Asia/Tokyo: jst, japan, japanese
Asia/Seoul: kst, korea, korean
Australia/Sydney: aest, aedt, sydney, canberra
Australia/Perth: awst
Australia/Darwin: acst
Australia/Adelaide: acdt
Pacific/Auckland: nzt, nzst, nzdt, wellington, new zealand, nz
America/Sao_Paulo: brt, rio, brasilia, brasília, são paulo
America/Argentina/Buenos_Aires: art
America/Bogota: cot, bogotá
America/Santiago: clt
America/Halifax: ast, atlantic
America/St_Johns: nst, ndt, newfoundland
Pacific/Honolulu: hst
America/Anchorage: akst
Europe/Paris: french, france, lyon
Europe/Oslo: norwegian, norway, bergen
Europe/Stockholm: swedish, sweden, gothenburg
Europe/Copenhagen: danish, denmark
Europe/Helsinki: finnish, finland
Europe/Warsaw: polish, poland
Europe/Prague: czech
Europe/Vienna: austrian, austria
Europe/Budapest: hungarian, hungary
Europe/Brussels: belgian, belgium
Europe/Bucharest: romanian, romania
Europe/Sofia: bulgarian, bulgaria
Europe/Kyiv: ukrainian, ukraine
Europe/Zagreb: croatian, croatia
Europe/Belgrade: serbian, serbia
Europe/Vilnius: vilnius, lithuanian, lithuania
Europe/Riga: riga, latvian, latvia
Europe/Tallinn: tallinn, estonian, estonia
Europe/Bratislava: bratislava, slovak, slovakia
Europe/Ljubljana: ljubljana, slovenian, slovenia
Europe/Luxembourg: luxembourg
Europe/Istanbul: turkish, turkey
Atlantic/Reykjavik: reykjavik, icelandic, iceland
Europe/Amsterdam: dutch, netherlands, rotterdam
Europe/Zurich: swiss, geneva, basel
Europe/Dublin: irish, ireland
Asia/Jerusalem: jerusalem, tel aviv, israel
Europe/Madrid: barcelona, spanish, spain
Europe/Rome: milan, italian, italy
Asia/Shanghai: beijing
Africa/Harare: zimbabwe, zimbabwean
Africa/Lusaka: zambia, zambian
Africa/Mbabane: eswatini, swaziland
Africa/Gaborone: botswana
Africa/Windhoek: namibia, namibian
Africa/Maputo: mozambique
Africa/Kampala: uganda, ugandan
Africa/Dar_es_Salaam: tanzania, tanzanian, zanzibar
Africa/Addis_Ababa: ethiopia, ethiopian
Africa/Kigali: rwanda, rwandan
Africa/Accra: ghana, ghanaian
Africa/Dakar: senegal, senegalese
Africa/Tunis: tunisia, tunisian
Africa/Casablanca: morocco, moroccan, rabat
Africa/Algiers: algeria, algerian
Africa/Cairo: egypt, egyptian, alexandria
Asia/Muscat: oman, omani
Asia/Qatar: qatar, qatari
Asia/Kuwait: kuwaiti
Asia/Bahrain: bahraini, manama
Asia/Riyadh: saudi, jeddah
Asia/Baghdad: iraq, iraqi
Asia/Tehran: iran, iranian
Asia/Beirut: lebanon, lebanese
Asia/Tbilisi: georgian
Asia/Yerevan: armenia, armenian
Asia/Baku: azerbaijan
Asia/Tashkent: uzbekistan, uzbek
Asia/Karachi: pakistan, pakistani, lahore, islamabad
Asia/Dhaka: bangladesh
Asia/Colombo: sri lanka, sri lankan
Asia/Kathmandu: nepal, nepali
Asia/Bangkok: thailand, thai
Asia/Manila: philippine, philippines, cebu
Asia/Kuala_Lumpur: malaysia, malaysian, penang
Asia/Singapore: singaporean
Asia/Taipei: taiwan, taiwanese
Pacific/Fiji: fijian, suva
America/Argentina/Buenos_Aires: argentina, argentine, argentinian
America/Montevideo: uruguay, uruguayan
America/Asuncion: paraguay
America/La_Paz: bolivia, bolivian
America/Lima: peru, peruvian
America/Bogota: colombia, colombian, medellín, medellin
America/Caracas: venezuela, venezuelan
America/Guayaquil: ecuador, ecuadorian
America/Panama: panamanian
America/Costa_Rica: costa rican, san josé
America/Guatemala: guatemalan
America/Jamaica: jamaican, kingston
America/Port_of_Spain: trinidad
America/Barbados: barbadian, bridgetown
America/Puerto_Rico: puerto rican, san juan
Atlantic/Reykjavik: reykjavík
Europe/Malta: maltese, valletta
Asia/Nicosia: cyprus, cypriot
Europe/Luxembourg: luxembourgish
Europe/Minsk: belarusian
Europe/Chisinau: moldova, moldovan
Europe/Tirane: albania, albanian, tirana
Europe/Skopje: macedonian
Europe/Sarajevo: bosnian, bosnia
Europe/Podgorica: montenegro
"""
# Cities that no zone is called after, for "in Bern" and "Bern time".
MORE_CITIES = """
Europe/London: edinburgh, glasgow, manchester, birmingham, leeds, bristol, cardiff, belfast, liverpool, sheffield
Europe/Berlin: cologne, frankfurt, stuttgart, leipzig, dresden, bremen, hanover, nuremberg
Europe/Zurich: bern, berne, lausanne, lucerne, winterthur
Europe/Vienna: graz, salzburg, linz, innsbruck
Europe/Paris: lyon, marseille, toulouse, bordeaux, lille, nantes, strasbourg
Europe/Madrid: valencia, seville, bilbao, zaragoza
Europe/Rome: turin, naples, bologna, florence, genoa, venice
Europe/Lisbon: porto
Europe/Amsterdam: utrecht, eindhoven, the hague
Europe/Brussels: antwerp, ghent
Europe/Copenhagen: aarhus, odense
Europe/Stockholm: gothenburg, malmö
Europe/Oslo: bergen, trondheim
Europe/Helsinki: tampere, turku, espoo
Europe/Warsaw: kraków, krakow, gdańsk, wrocław, poznań
America/New_York: boston, philadelphia, washington, atlanta, miami, detroit, baltimore, pittsburgh
America/Toronto: ottawa
America/Chicago: houston, dallas, austin, minneapolis, milwaukee, new orleans
America/Denver: salt lake city, albuquerque
America/Los_Angeles: seattle, san francisco, san diego, portland, sacramento
America/Edmonton: calgary
America/Sao_Paulo: rio de janeiro, brasília, brasilia, curitiba, porto alegre
America/Argentina/Buenos_Aires: rosario
America/Guayaquil: quito
Asia/Kolkata: mumbai, delhi, bangalore, bengaluru, chennai, hyderabad, pune
Asia/Shanghai: shenzhen, guangzhou
Asia/Tokyo: osaka, kyoto, nagoya, yokohama
Asia/Seoul: busan
Asia/Ho_Chi_Minh: hanoi, saigon
Asia/Dubai: abu dhabi
Asia/Qatar: doha
Africa/Johannesburg: cape town, durban, pretoria
Africa/Lagos: abuja
Australia/Sydney: canberra
Pacific/Auckland: wellington, christchurch
"""
# Cities that zones are called after: "Oslo time", "São Paulo time".
CITY_ZONES = """
Europe/London Europe/Dublin Europe/Lisbon Europe/Madrid Europe/Paris Europe/Brussels Europe/Amsterdam
Europe/Berlin Europe/Zurich Europe/Vienna Europe/Rome Europe/Oslo Europe/Stockholm Europe/Copenhagen
Europe/Helsinki Europe/Warsaw Europe/Prague Europe/Budapest Europe/Athens Europe/Istanbul Europe/Bucharest
Europe/Sofia Europe/Kyiv Europe/Moscow Europe/Belgrade Europe/Zagreb Africa/Lagos Africa/Nairobi Africa/Cairo
Africa/Johannesburg Africa/Accra Africa/Casablanca Asia/Dubai Asia/Karachi Asia/Kolkata Asia/Dhaka Asia/Colombo
Asia/Bangkok Asia/Jakarta Asia/Singapore Asia/Manila Asia/Shanghai Asia/Tokyo Asia/Seoul Asia/Taipei Asia/Amman
Asia/Beirut Asia/Riyadh Asia/Kathmandu Australia/Sydney Australia/Melbourne Australia/Brisbane Australia/Perth
Australia/Adelaide Pacific/Auckland Pacific/Fiji America/Toronto America/Montreal America/Vancouver
America/Halifax America/Chicago America/Denver America/Phoenix America/Bogota America/Lima America/Santiago
America/Caracas America/New_York America/Los_Angeles America/Mexico_City America/Sao_Paulo
America/Argentina/Buenos_Aires Asia/Hong_Kong Asia/Kuala_Lumpur Africa/Harare Africa/Lusaka Africa/Mbabane Africa/Gaborone
Africa/Windhoek Africa/Maputo Africa/Kampala Africa/Dar_es_Salaam Africa/Addis_Ababa Africa/Kigali Africa/Dakar Africa/Tunis
Africa/Algiers Africa/Abidjan Africa/Luanda Africa/Kinshasa Asia/Muscat Asia/Kuwait Asia/Baghdad Asia/Tehran Asia/Tbilisi
Asia/Yerevan Asia/Baku Asia/Tashkent Asia/Almaty Asia/Nicosia Asia/Damascus Asia/Yangon Asia/Vladivostok Pacific/Guam Pacific/Honolulu
America/Montevideo America/Asuncion America/La_Paz America/Guayaquil America/Panama America/Costa_Rica America/Guatemala
America/Jamaica America/Port_of_Spain America/Barbados America/Havana America/Santo_Domingo America/Winnipeg America/Edmonton
America/Regina America/St_Johns America/Anchorage America/Detroit America/Indianapolis America/Managua America/El_Salvador
America/Tegucigalpa America/Paramaribo Europe/Malta Europe/Monaco Europe/Minsk Europe/Chisinau Europe/Tirane Europe/Skopje
Europe/Sarajevo Europe/Podgorica Europe/Vilnius Europe/Riga Europe/Tallinn Europe/Bratislava Europe/Ljubljana Europe/Luxembourg
Australia/Darwin Australia/Hobart Indian/Mauritius Atlantic/Reykjavik Atlantic/Azores
""".split()
NAMED = {
    word.strip(): zone
    for zone, _, words in (row.partition(": ") for row in f"{TABLE}{MORE_CITIES}".strip().splitlines() if row)
    for word in words.split(",")
} | {zone.rsplit("/", 1)[1].replace("_", " ").lower(): zone for zone in CITY_ZONES}
CITIES = frozenset(zone.rsplit("/", 1)[1].replace("_", " ").lower() for zone in CITY_ZONES) | {
    "vilnius", "riga", "tallinn", "bratislava", "ljubljana", "hamburg", "munich", "frankfurt", "cologne", "geneva", "milan", "barcelona",
    "cape town", "mumbai", "delhi", "bangalore", "boston", "seattle", "san francisco", "beijing", "wellington", "jerusalem", "tel aviv",
    *(city.strip() for row in MORE_CITIES.strip().splitlines() for city in row.partition(": ")[2].split(",")),
}  # fmt: skip
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

ABBREVIATIONS = (
    "UTC GMT ET EST EDT CT CST CDT MT MST MDT PT PST PDT BST IST WET WEST CET CEST MEZ MESZ EET EEST MSK SAST CAT WAT EAT GST PKT"
    " NPT ICT WIB SGT HKT PHT JST KST AEST AEDT AWST ACST ACDT NZT NZST NZDT BRT ART COT CLT AST HST AKST"
).split()
# Words that are a zone only in capitals, or before "time".
SHORT = {"z", "art", "cat", "west", "ast", "ist", "est", "et", "mt", "ct", "pt", "rio", "sf", "uk", "eat"}
WORDS = sorted({*NAMED} - SHORT, key=len, reverse=True)
BY_LENGTH = sorted(CITIES, key=len, reverse=True)
IN_CITY = r"\bin\s(?-i:" + "|".join(re.escape(w.title()) for w in BY_LENGTH) + r")\b"
# "17:00 Kyiv", "8:30 a.m. (Port of Spain)": a city by itself, behind which the sentence ends or pauses.
BARE_CITY = (
    r"(?-i:" + "|".join(re.escape(w.title().replace(" Of ", " of ")) for w in BY_LENGTH) + r")(?=\s?(?:[.,;:)/]|$))"
)
FOR_WHOM = r"\bfor\s(?:you|me|us)\b"
TIME_THERE = r"\s(?:standard |daylight |local |summer )?time\b"
WHOSE = r"\b(?:your|my|our)\s(?:local\s)?(?:time(?:\s?zone)?|end|side)\b"
ZONE = re.compile(
    r"\b(?:utc|gmt)\s?[+\-−–]\s?\d{1,2}(?::?\d\d)?\b"
    r"|\b(?-i:" + "|".join(ABBREVIATIONS) + r")\b"
    r"|\b(?:" + "|".join(map(re.escape, WORDS)) + rf"|uk|et|pt|ct|mt){TIME_THERE}"
    r"|\b(?-i:Eastern|Central|Pacific|Mountain)\b"
    r"(?!\s(?:Park|Station|Street|Office|Library|Bank|Region|Europe|European|Business|Avenue|Railway|University))"
    rf"|{BARE_CITY}|{IN_CITY}|{FOR_WHOM}|{WHOSE}|\b(?:mine|ours|yours)\b|\bhere\b(?=\s?[(,.;:)]|$)",
    re.I,
)
# What begins with one of the commonest words can be a zone in one way only: how the next word begins then, and the expression.
# Where case is ignored, "ſ" is an "s".
BY_FIRST_WORD = {
    word: (frozenset(letters), re.compile(pattern, re.I))
    for words, letters, pattern in (
        ("in", {city[0].upper() for city in CITIES}, IN_CITY),
        ("for", "yYmMuU", FOR_WHOM),
        ("your my our", "lLtTeEsSſ", WHOSE),
        ("the", "hH", rf"\bthe hague{TIME_THERE}"),
        ("new", "yYoOzZ", rf"\bnew (?:york|orleans|zealand){TIME_THERE}"),
    )
    for word in words.split()
}
# Words with which the name of a zone can begin; elsewhere ZONE is not tried.
ZONE_STARTS = frozenset(
    (
        *(a.lower() for a in ABBREVIATIONS),
        *(w.split()[0] for w in (*WORDS, *CITIES)),
        *"uk et pt ct mt your my our mine ours yours here in for".split(),
    )
)


def zone_at(text: str, at: int, first: str) -> re.Match[str] | None:
    """The name of a zone that begins here with this word."""
    if first not in BY_FIRST_WORD:
        return ZONE.match(text, at)
    letters, pattern = BY_FIRST_WORD[first]
    after = at + len(first) + 1
    return pattern.match(text, at) if text[after : after + 1] in letters else None


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
    text = text.removeprefix("in ")
    bare = re.sub(r"\s(?:standard |daylight |local |summer )?time$", "", text)
    return NAMED.get(bare) or ("America/Chicago" if bare == "cst" else "")


def zone_of(text: str, owner: tzinfo, writer: tzinfo, at: datetime, written: date) -> tzinfo:
    """The zone that a text behind a time means at that moment; the owner's where it means none that we know.

    `owner`: whose mailbox it is; `writer`: the offset of the Date header. IST and CST mean several zones: where the
    owner's zone carries that very abbreviation, it is the owner's. `written`: the day of writing; whose clock was the owner's then, is
    taken to keep their time, summer and winter.
    """
    named = zone_named(text)
    if not named or named == "yours" or (len(text) <= 5 and text.isalpha() and abbreviates(owner, text, at)):
        return owner
    if named == "mine":
        noon = datetime.combine(written, time(12))
        same = noon.replace(tzinfo=owner).utcoffset() == noon.replace(tzinfo=writer).utcoffset()
        return owner if same else writer
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
