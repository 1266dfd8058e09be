"""Make the font files Verbund needs from KERN's Fira Sans and from Noto Sans Arabic (both SIL Open Font Licence 1.1).

For the screen: small woff2 files with Latin letters only. For typst: full TrueType files, since typst reads no woff2;
Noto Sans Arabic for the letters Fira Sans lacks.
"""

import argparse
import logging
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

WEB = {"Regular": 400, "Medium": 500, "SemiBold": 600}
PRINT = ["Regular", "Italic", "Medium", "SemiBold", "Bold"]
ARABIC = {"Regular": 400, "SemiBold": 600}
LATIN = [
    *range(0x20, 0x250),
    *range(0x2000, 0x2070),
    0x20AC,
    0x2116,
    0x2122,
    *range(0x2190, 0x2194),
    0x2212,
    0x2260,
    0x2264,
    0x2265,
]
FACE = """@font-face {{
  font-family: "Fira Sans";
  src: url("FiraSans-{name}.woff2") format("woff2");
  font-weight: {weight};
  font-style: normal;
  font-display: swap;
}}
"""


def make_web_fonts(source: Path, target: Path) -> None:
    options = subset.Options(
        flavor="woff2", layout_features=["kern", "liga", "tnum", "lnum", "mark", "locl", "ccmp"], hinting=False
    )
    for name in WEB:
        font = subset.load_font(str(source / f"FiraSans-{name}.woff2"), options)
        subsetter = subset.Subsetter(options)
        subsetter.populate(unicodes=LATIN)
        subsetter.subset(font)
        subset.save_font(font, str(target / f"FiraSans-{name}.woff2"), options)
    (target / "fira-sans.css").write_text(
        "".join(FACE.format(name=name, weight=weight) for name, weight in WEB.items())
    )
    (target / "LICENCE.txt").write_text("Fira Sans, SIL Open Font Licence 1.1. Changed: cut down to Latin letters.\n")


def make_print_fonts(source: Path, target: Path) -> None:
    for name in PRINT:
        font = TTFont(source / f"FiraSans-{name}.woff2")
        font.flavor = None
        font.save(target / f"FiraSans-{name}.ttf")


def make_arabic_fonts(source: Path, target: Path) -> None:
    for name, weight in ARABIC.items():
        font = TTFont(source / f"noto-sans-arabic-arabic-{weight}-normal.woff2")
        font.flavor = None
        font.save(target / f"NotoSansArabic-{name}.ttf")


if __name__ == "__main__":
    logging.getLogger("fontTools").setLevel(logging.ERROR)  # KERN's files set style bits newer than their table says
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source", type=Path)
    parser.add_argument("--arabic", type=Path, required=True)
    parser.add_argument("--web", type=Path, required=True)
    parser.add_argument("--print", type=Path, required=True)
    given = parser.parse_args()
    make_web_fonts(given.source, given.web)
    make_print_fonts(given.source, given.print)
    make_arabic_fonts(given.arabic, given.print)
