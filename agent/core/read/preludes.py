"""What stands before a name -> the expressions by which it may be told that an organisation is named there."""

from __future__ import annotations

import re

# What stands before a name of an organisation, how much that says, and the words one of which is the last of it.
BEFORE = (
    (
        re.compile(r"\b(?:clients?|customer)(?: of (?:mine|ours))?,? (?:is |called |named |are )?(?:the )?$"),
        4.0,
        "mine ours client clients customer is called named are the",
    ),
    (
        re.compile(
            r"\b(?:behalf of|applying to|applied to|join|hos|bei|chez|presso|bij|working for|work for|here at|with the|at|for|interest in|founder of"
            r"|owner of|director of|run|lead|offer from|career at|team at|thanks? .{0,20}to|welcome to|recruiter with"
            r"|(?:position|role|job|post|opening|vacancy|interview|application|opportunity) with|application to"
            r")(?: the)? $|@ ?(?:the )?$"
        ),
        2.0,
        "of to join hos bei chez presso bij for at the in run lead from with",
    ),
    # to whom an agency has sent the owner's papers
    (
        re.compile(
            r"\b(?:sent|submitted|presented|forwarded|introduced)(?: over)? your (?:cv|CV|dossier|profile|résumé|resume|papers|details|file|application)\b.{0,24}\b(?:to|at)(?: the)? $"
            r"|\b(?:submitted|presented|put) you (?:forward )?to $"
        ),
        2.5,
        "to at the",
    ),
    # "I help Acme to find a tester", "I'm working with Acme"
    (
        re.compile(
            r"\bhelp(?:s|ing)?(?: the)? $|\b(?:am|['’]m) (?:currently )?(?:working with|acting for)(?: the)? $|\b(?:retained|engaged|instructed|mandated) by(?: the)? $"
        ),
        2.5,
        "help helps helping with for by the",
    ),
    # of the writer, that is: "Emeka from Settlements" names a department
    (
        re.compile(
            r"(?:\b(?:[Ii] am|[Ii]['’]m|[Nn]ame is|[Tt]his is|[Hh]ere|[Gg]reetings|[Hh]ello|[Hh]i|back|hear|news|regards)\b.{0,40}|(?:^|, )[\w'’-]+ |\boffer )from(?: the)? $"
        ),
        2.0,
        "from the",
    ),
    # "We are Oficina Seabra, in Guimarães"
    (re.compile(r"\b[Ww]e are(?: the)? $"), 2.5, "are the"),
    (
        re.compile(
            r"\b(?:[Ii]t(?: i|['’])s|company is|firm is|employer is|principals? (?:is|are)|[Tt]hey are|called|named) $"
        ),
        1.0,
        "it's it’s is are called named",
    ),
)
LAST_WORD = re.compile(r"(?s:.*[^\w'’@])?([\w'’@]+),? ?$")
# The last word before a name -> what can fit there.
LED_BY = {
    last: tuple([(pattern, worth) for pattern, worth, words in BEFORE if last in words.split()])
    for last in " ".join(words for _, _, words in BEFORE).split()
}
BEHIND_A_SIGN = tuple([(pattern, worth) for pattern, worth, _ in BEFORE])  # "tester @ the Acme Works"


def led_by(before: str) -> tuple[tuple[re.Pattern[str], float], ...]:
    """Which expressions can fit what stands before a name."""
    if "@" in before:
        return BEHIND_A_SIGN
    word = before[-14:].removesuffix(" ").rpartition(" ")[2]
    if word.isalpha():
        return LED_BY.get(word.lower(), ())
    last = LAST_WORD.match(before[-14:])  # there is a sign at this word
    return LED_BY.get(last.group(1).lower(), ()) if last else ()
