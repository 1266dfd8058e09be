"""A brochure as a PDF: title page, contents, entries. The same search on the same day gives the same bytes."""

from datetime import datetime, time
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from unicodedata import bidirectional
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from verbund.core import pdf
from verbund.core.dates import BERLIN
from verbund.directory.models import Centre
from verbund.offers import reading
from verbund.offers.brochure.content import GERMAN, groups_of, plain_language
from verbund.offers.models import Offer
from verbund.offers.queries import CENTRE_SIDE
from verbund.offers.stock import Stock
from verbund.offers.views.pages import PARAMETER, whole_address_of

TEMPLATE = Path(__file__).resolve().parent / "brochure.typ"
MOST_ENTRIES = 300
"""More make no brochure: it would take longer than a visitor waits, and nobody carries it home."""

PICTURES_KEPT = 2_000


def write(
    kept: Stock,
    ids: list[int],
    *,
    title: str,
    name: str = "",
    publisher: str,
    filters: str,
    source: str,
    language: str,
) -> bytes:
    """Return public entries as a brochure; `source` is the page of the finder that shows them.

    In `title` stands `{name}` for the place or the words looked for, which keep their own direction.

    Eight statements, seven in German. Raises what `pdf.render` raises.
    """
    on = kept.day
    groups = groups_of(kept, ids, language=language, on=on, picture=lambda pk: _picture(whole_address_of(pk, language)))
    day = f"{on:%d.%m.%Y}"
    is_made_up = Offer.objects.filter(pk__in=ids, is_demo=True).exists()
    data = {
        "lang": plain_language(language),
        "publisher": publisher,
        "facts": list(_facts(filters, groups, day, language)),
        "made_up": _("Vorführung: Diese Einträge sind erfunden.") if is_made_up else "",
        "legend": list(_legend(language)),
        "words": _words(),
        "heading": title,
        "name": {"text": name, "lang": _language_of(name, language)},
        "footer": f"{title} · " + _("Stand: %(day)s") % {"day": day},
        "picture": _picture(source),
        "groups": groups,
    }
    return pdf.render(
        TEMPLATE, data, title=title.replace("{name}", name), issued_at=datetime.combine(on, time(), BERLIN)
    )


def _language_of(name: str, language: str) -> str:
    """Return whose direction a name takes: that of the page, where its letters run from the right, else German."""
    return language if any(bidirectional(letter) in {"R", "AL"} for letter in name) else GERMAN


def brochures_of(actor, need: str = "") -> list[dict]:
    """Return where a centre's people find their brochure in each language, with the entries of one need or of all.

    One statement; none for others.
    """
    if actor.role not in CENTRE_SIDE or actor.organisation_id is None:
        return []
    key = Centre.objects.values_list("key", flat=True).get(pk=actor.organisation_id)
    address = reverse("offers:brochure-of-centre", args=[key])
    return [
        {
            "code": reading.tag_of(code),
            "name": name,
            "url": address + (f"?{query}" if (query := _query(code, need)) else ""),
        }
        for code, name in reading.PAGE_LANGUAGES.items()
    ]


def _query(language: str, need: str) -> str:
    asked = {"anliegen": need, PARAMETER: "" if language == GERMAN else language}
    return urlencode({name: value for name, value in asked.items() if value})


def _facts(filters: str, groups: list[dict], day: str, language: str):
    count = sum(len(group["entries"]) for group in groups)
    for label, said in (
        (_("Auswahl:"), filters),
        (_("Sprache:"), reading.PAGE_LANGUAGES[language]),
        (_("Stand:"), day),
        (_("Einträge:"), str(count)),
    ):
        if said:
            yield {"label": label, "run": {"text": said, "lang": plain_language(language)}}


def _legend(language: str):
    """Yield what a reader must know to take the entries as they are meant."""
    yield _("„Geprüft am“ ist der Tag, an dem Anbieter oder Zentrum zuletzt gesagt haben, dass der Eintrag stimmt.")
    yield _("„Ohne Stufen“ heißt: Mindestens ein Ort dieses Angebots ist ohne Stufen zu erreichen.")
    yield _("Manche Adressen sind geschützt. Sie erfahren sie, wenn Sie anrufen oder schreiben.")
    yield _(
        "Der QR-Code führt zum Eintrag im Internet. Dort stehen die nächsten Termine und ob sich etwas geändert hat."
    )
    if language != GERMAN:
        yield _("Unter jeder Übersetzung steht, ob sie geprüft ist. Im Zweifel gilt der deutsche Text.")


def _words() -> dict[str, str]:
    return {
        "page": _("Seite %(number)s von %(all)s") % {"number": "{number}", "all": "{all}"},
        "contents": _("Inhalt"),
        "legend": _("Was die Angaben bedeuten"),
        "phone_here": _("Telefon an diesem Ort:"),
        "picture": _("QR-Code mit der Adresse des Eintrags"),
        "picture_of_search": _("QR-Code mit der Adresse dieser Auswahl"),
    }


@lru_cache(maxsize=PICTURES_KEPT)
def _picture(address: str) -> str:
    import segno  # loads slowly, and most pages do without

    made = BytesIO()
    segno.make(address, error="m", boost_error=False, mask=0).save(
        made, kind="svg", border=1, light=None, svgclass=None, lineclass=None, xmldecl=False
    )
    return made.getvalue().decode()
