"""What mail programs put in front of a subject, and titles that make an address formal. Small, so that the fold needs no more."""

from __future__ import annotations

import re

# "Re:" in the languages of mail programs, also numbered ("Re[2]:") and repeated.
REPLY_PREFIX = re.compile(
    r"^(?:\s*(?:re|aw|sv|antw|vs|ref|rif|odp|fw|fwd|wg|tr|rv|i|doorst|vb|vl|enc|res)\s?(?:\[\d+\])?\s?[:：])+\s*", re.I
)
# What calendars write before the summary.
CALENDAR_SUBJECT = re.compile(
    r"^(?:updated invitation(?: with note)?|invitation|canceled event(?: with note)?|cancelled event|canceled|cancelled|accepted|declined|tentative(?:ly accepted)?|new time proposed|termin|einladung|convite|invitación|uitnodiging|inbjudan)\s?:\s*",
    re.I,
)
# "Mr Smith", "Frau Dr. Berg", but no team.
FORMAL = re.compile(
    r"^(?:(?:captain|capt|colonel|major|reverend|mr|mrs|ms|miss|mx|dr|prof|professor|sir|madam|herr|frau|señor|señora|monsieur|madame|rev|sr|sra|pan|pani)\b\.?\s*"
    r"|(?:dott(?:\.?ssa|oressa|or|ore)?|sig(?:\.?ra|nora|nor|\.na)?|ing|lic|licenciad[oa]|arq|dra|dña|doña|mevrouw|meneer|mevr|dhr|mme|mlle|fru|rouva|herra|panie|domnul|doamna|sayın|bapak|ibu|encik|puan|shri|smt)\b\.?\s+(?=\w))"
    r"(?!.*\bteam\b)",
    re.I,
)
