"""How plain text of a publisher is shown: paragraphs, line breaks, and links where an address stands alone."""

import re

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from verbund.core.phones import dialled

LINK = re.compile(
    r"""(?P<web>\b(?:https?://|www\.)[^\s<>"']{3,400})"""
    r"""|(?P<mail>\b[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}\b)"""
    r"""|(?:(?<=Telefon[ ])|(?<=Telefon:[ ])|(?<=Tel\.[ ])|(?<=Tel\.:[ ]))"""
    r"""(?P<phone>\+?[0-9][0-9 /()-]{4,22}[0-9])(?![0-9])""",
    re.IGNORECASE,
)
END_OF_SENTENCE = ".,;:!?)"


def as_html(text: str) -> SafeString:
    """Return plain text as safe HTML: an empty line begins a paragraph; web, mail and phone become links.

    A number is a link only behind "Telefon" or "Tel."; a leading 0 is dialled as a German number.
    """
    paragraphs = re.split(r"\n[ \t]*\n\s*", text.strip())
    return format_html_join("\n", "<p>{}</p>", ((_lines(paragraph),) for paragraph in paragraphs if paragraph))


def shown(sections) -> list[dict]:
    """Return sections (heading and text) for a page, with their text as HTML."""
    return [{"heading": heading, "html": as_html(text)} for heading, text in sections]


def _lines(paragraph: str) -> SafeString:
    return format_html_join(mark_safe("<br>\n"), "{}", ((_linked(line),) for line in paragraph.split("\n")))


def _linked(line: str) -> SafeString:
    parts, position = [], 0
    for found in LINK.finditer(line):
        typed = found[0].rstrip(END_OF_SENTENCE) if found["web"] else found[0]
        parts += [conditional_escape(line[position : found.start()]), _link(found.lastgroup, typed)]
        position = found.start() + len(typed)
    parts.append(conditional_escape(line[position:]))
    return format_html_join("", "{}", ((part,) for part in parts))


def _link(kind: str, typed: str) -> SafeString:
    if kind == "phone":
        return format_html('<a href="tel:{}"><bdi dir="ltr">{}</bdi></a>', _dialled_from_anywhere(typed), typed)
    if kind == "mail":
        return format_html('<a href="mailto:{}">{}</a>', typed, typed)
    return format_html('<a href="{}">{}</a>', typed if typed[:4].lower() == "http" else f"https://{typed}", typed)


def _dialled_from_anywhere(typed: str) -> str:
    """Return a number as a phone dials it also from abroad: +49 212 290 for 0212 290."""
    number = dialled(typed)
    return f"+49{number[1:]}" if number.startswith("0") and not number.startswith("00") else number
