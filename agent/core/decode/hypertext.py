"""HTML -> the text that a person would see, quoted parts marked with "> ". Hidden preheaders and tracking are left out."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

MOST_HTML = 256_000  # characters; above that a newsletter, or bait
DEEPEST = 120

BLOCKS = frozenset(
    (
        "p div br tr li ul ol table h1 h2 h3 h4 h5 h6 section article header footer blockquote pre hr dl dt dd"
        " address center form"
    ).split()
)
UNSEEN = frozenset(
    "script style head title meta link noscript template svg object iframe select option input button textarea img".split()
)
HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|font-size\s*:\s*0(?![.\d]*[1-9])|max-height\s*:\s*0(?![.\d]*[1-9])|opacity\s*:\s*0(?!\.)",
    re.I,
)
# Where clients put what they quote: Gmail, Yahoo, Proton, Thunderbird, Zoho, Outlook on the web; Apple and Thunderbird use type=cite.
QUOTE_CLASS = re.compile(
    r"\b(gmail_quote|yahoo_quoted|protonmail_quote|moz-cite-prefix|zmail_extra|gmail_extra|tutanota_quote)\b"
)
QUOTE_ID = frozenset(
    ("divRplyFwdMsg", "appendonsend", "OLK_SRC_BODY_SECTION", "mail-editor-reference-message-container")
)
# Outlook on the desktop sets the quoted headers apart by this line and quotes everything after it.
OUTLOOK_RULE = re.compile(r"border(-top)?\s*:\s*(none;\s*border-top\s*:\s*)?solid\s+#?(E1E1E1|B5C4DF)\s+1\.0pt", re.I)


def to_text(html: str) -> str:
    """Visible text; blocks end lines, quoted blocks have their lines marked with "> "."""
    root = LexborHTMLParser(html[:MOST_HTML]).body
    if root is None:
        return ""
    writer = Writer()
    writer.walk(root)
    return writer.finish()


class Writer:
    """Collects lines while walking the tree without recursion; knows how deep in quotes it is."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.now: list[str] = []
        self.quoted = 0

    def walk(self, root: LexborNode) -> None:
        # (node, leaving): an explicit stack, for hostile nesting must not meet Python's own limit
        stack: list[tuple[LexborNode, str]] = [(root, "")]
        outlook_rest = False
        while stack:
            node, leaving = stack.pop()
            if leaving:
                self.leave(leaving)
                continue
            tag = node.tag or ""
            if tag == "-text":
                self.now.append(node.text_content or "")
                continue
            # "<?xml:namespace … />" of old Outlooks is no element, and has no attributes to ask for
            if not node.is_element_node or tag in UNSEEN:
                continue
            attributes = node.attributes if node.attrs else {}
            style = attributes.get("style") or ""
            if style and HIDDEN.search(style) or "hidden" in attributes:
                continue
            quoting = self.quotes(tag, attributes)
            if not outlook_rest and (OUTLOOK_RULE.search(style) or attributes.get("id") in QUOTE_ID):
                outlook_rest = True
                self.end_line()
                self.quoted += 1
            if tag in BLOCKS:
                self.end_line()
            if tag == "li":
                self.now.append("- ")
            elif tag in ("td", "th"):
                self.now.append(" ")
            if quoting:
                self.end_line()
                self.quoted += 1
            if len(stack) > 20_000:
                return
            stack.append((node, "quote" if quoting else tag if tag in BLOCKS or tag in ("td", "th") else "-"))
            stack.extend((child, "") for child in reversed(list(node.iter(include_text=True))))

    @staticmethod
    def quotes(tag: str, attributes: dict[str, str | None]) -> bool:
        if tag == "blockquote":
            return attributes.get("type") == "cite" or "gmail_quote" in (attributes.get("class") or "")
        return tag == "div" and bool(QUOTE_CLASS.search(attributes.get("class") or ""))

    def leave(self, tag: str) -> None:
        if tag == "quote":
            self.end_line()
            self.quoted -= 1
        elif tag in ("p", "h1", "h2", "h3", "h4", "table", "ul", "ol"):
            self.end_line()
            self.blank()
        elif tag in BLOCKS:
            self.end_line()
        elif tag in ("td", "th"):
            self.now.append("  ")

    def end_line(self) -> None:
        text = re.sub(r"[ \t\r\n\f\xa0]+", " ", "".join(self.now)).strip()
        self.now.clear()
        if text:
            self.lines.append("> " * self.quoted + text)

    def blank(self) -> None:
        if self.lines and self.lines[-1]:
            self.lines.append(">" if self.quoted else "")

    def finish(self) -> str:
        self.end_line()
        return "\n".join(self.lines).strip("\n")
