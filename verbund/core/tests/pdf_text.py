"""The words of a PDF as a reader would copy them: text operators decoded by each font's Unicode table."""

import io
import re

import pikepdf

_CHAR = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
_RANGE = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
_CHAR_BLOCK = re.compile(rb"beginbfchar(.*?)endbfchar", re.DOTALL)
_RANGE_BLOCK = re.compile(rb"beginbfrange(.*?)endbfrange", re.DOTALL)


def pages_of(document: bytes) -> list[str]:
    """Return the text of each page, white space folded to single spaces."""
    with pikepdf.open(io.BytesIO(document)) as opened:
        return [_folded(_page_text(page)) for page in opened.pages]


def text_of(document: bytes) -> str:
    """Return the text of the whole document, white space folded to single spaces."""
    return " ".join(pages_of(document))


def _folded(text: str) -> str:
    """Fold white space, and take out the gap our reading leaves between a kept-together part and the mark after it."""
    return re.sub(r" (?=[,.;](?: |$))", "", " ".join(text.replace("\u202f", " ").split()))


def _page_text(page) -> str:
    fonts = {name: _unicode_table(font) for name, font in page.Resources.get("/Font", {}).items()}
    words, table = [], {}
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "Tf":
                table = fonts[str(operands[0])]
            case "Tj":
                words.append(_decode(bytes(operands[0]), table))
            case "TJ":
                words.extend(_decode(bytes(part), table) for part in operands[0] if isinstance(part, pikepdf.String))
            case "ET":
                words.append(" ")
    return "".join(words)


def _unicode_table(font) -> dict[int, str]:
    table: dict[int, str] = {}
    cmap = font.ToUnicode.read_bytes()
    for block in _RANGE_BLOCK.findall(cmap):
        for first, last, target in _RANGE.findall(block):
            start = int(_hex_text(target).encode("utf-32-be").hex(), 16) if len(target) <= 8 else 0
            table |= {code: chr(start + code - int(first, 16)) for code in range(int(first, 16), int(last, 16) + 1)}
    for block in _CHAR_BLOCK.findall(cmap):
        table |= {int(code, 16): _hex_text(target) for code, target in _CHAR.findall(block)}
    return table


def _hex_text(digits: bytes) -> str:
    return bytes.fromhex(digits.decode()).decode("utf-16-be")


def _decode(raw: bytes, table: dict[int, str]) -> str:
    codes = (int.from_bytes(raw[place : place + 2], "big") for place in range(0, len(raw), 2))
    return "".join(table.get(code, "") for code in codes)
