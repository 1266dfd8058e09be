"""Brochures: read the address as the finder does, answer with what it finds on paper, or say why not."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from verbund.core import public_forms
from verbund.core.permissions import public
from verbund.core.views import show
from verbund.directory.models import Centre
from verbund.offers import finding, reading, stocktaking, versions
from verbund.offers.brochure import documents
from verbund.offers.forms import finder as form
from verbund.offers.models import Offer
from verbund.offers.stock import Stock, as_set
from verbund.offers.views import choices, pages

PURPOSE = "brochure"
OF_ONE, OF_ALL = 60, 600
"""Brochures made anew in an hour, for one reader and for all; a kept one costs nothing and is not counted."""
BROCHURES_KEPT = 12
_kept: dict[tuple, bytes] = {}


@public
@require_safe
@pages.same_until_changed(versions.newest_change)
def brochure(request, moment: pages.Moment):
    """What a search finds, on paper."""
    return _answer(request, None, moment)


def _sign_at(key: str) -> str:
    """Return the sign of the newest change to entries, or to what a centre says of itself."""
    changed_at = Centre.objects.filter(key=key).values_list("changed_at", flat=True).first()
    return f"{versions.newest_change()} {changed_at}"


@public
@require_safe
@pages.same_until_changed(_sign_at)
def brochure_of_centre(request, moment: pages.Moment, key: str):
    """What the partners of a centre offer, on paper; filters of the finder narrow it down."""
    centre = get_object_or_404(Centre.objects.select_related("organisation", "carrier__district"), key=key)
    return _answer(request, centre, moment)


def _answer(request, centre: Centre | None, moment: pages.Moment) -> HttpResponse:
    language, sign, now = moment.language, versions.newest_change(), moment.now
    kept = stocktaking.current(sign, now.date())
    asked = form.read(request.GET, kept)
    if language != "de":
        asked.values[pages.PARAMETER] = language
    found = finding.find(kept, asked.wanted, now=now)
    ids = found.ids
    if centre:
        of_centre = frozenset(Offer.objects.filter(partner__centre=centre).values_list("pk", flat=True))
        ids = [pk for pk in ids if pk in of_centre]
    if asked.refused or not ids or len(ids) > documents.MOST_ENTRIES:
        parts = _parts(kept, asked, ids, language)
        return _instead(request, asked, language, _why_not(asked.refused, len(ids)), parts=parts, status=422)
    key = (sign, now.date(), language, centre and (centre.key, centre.changed_at), tuple(sorted(ids)), asked.link())
    if key not in _kept and not public_forms.may_send(
        request, PURPOSE, of_one=OF_ONE, of_all=OF_ALL, now=timezone.now()
    ):
        said = _("Gerade werden sehr viele Broschüren angefordert. Versuchen Sie es in einer Stunde noch einmal.")
        return _instead(request, asked, language, [said], status=429)
    content = _written(key, lambda: _made(kept, ids, asked, centre, language))
    response = HttpResponse(content, content_type="application/pdf")
    name = f"angebote-{centre.key}-{language}.pdf" if centre else f"angebote-{language}.pdf"
    response["Content-Disposition"] = f'inline; filename="{name}"'
    response["X-Robots-Tag"] = "noindex"
    return response


def _made(kept: Stock, ids: list[int], asked, centre: Centre | None, language: str) -> bytes:
    frame = reading.frame_of(language)
    title, name = _title(asked, centre)
    parts = [choices.label_of(kept, asked, name, frame) for name in asked.wanted.chosen]
    return documents.write(
        kept,
        ids,
        title=title,
        name=name,
        publisher=centre.organisation.name if centre else "",
        filters=", ".join(parts),
        source=settings.BASE_URL + reverse("offers:finder") + _end(asked),
        language=language,
    )


def _title(asked, centre: Centre | None) -> tuple[str, str]:
    """Return the title with `{name}` for what was looked for, and that name."""
    wanted = asked.wanted
    if wanted.words:
        return _("Angebote zu „%(words)s“") % {"words": "{name}"}, wanted.words
    place = centre.carrier.district.display_name if centre else wanted.spot.name if wanted.spot else ""
    return (_("Angebote: %(search)s") % {"search": "{name}"} if place else _("Angebote")), place


def _end(asked) -> str:
    end = asked.link()
    return "" if end == "?" else end


def _why_not(refused: list[str], number: int) -> list[str]:
    if refused:
        return refused
    if not number:
        return [_("Dazu ist zurzeit nichts eingetragen.")]
    said = _("Das sind %(number)s Einträge. In eine Broschüre passen höchstens %(most)s.")
    return [
        said % {"number": number, "most": documents.MOST_ENTRIES},
        _("Wählen Sie enger: einen Ort, ein Anliegen, eine Sprache."),
    ]


def _parts(kept: Stock, asked, ids: list[int], language: str) -> list[dict]:
    """Return the needs as links, each with how many of too many entries it keeps."""
    if asked.refused or len(ids) <= documents.MOST_ENTRIES:
        return []
    needs = kept.words.vocabulary["anliegen"]
    bits = as_set(kept.position[pk] for pk in ids)
    counts = {code: (bits & kept.choices.get(("anliegen", code), 0)).bit_count() for code, _picture in needs}
    return [
        {"label": choices.term_name(kept, "anliegen", code, language), "url": asked.link(anliegen=code), "count": count}
        for code, count in counts.items()
        if 0 < count < len(ids)
    ]


def _instead(request, asked, language: str, sentences: list[str], *, status: int, parts=()):
    context = {
        "sentences": sentences,
        "parts": parts,
        "back": reverse("offers:finder") + _end(asked),
        "languages": pages.languages(request, language, form.said(request.GET)),
    }
    response = show(request, "offers/brochure/instead.html", context, status=status)
    response["X-Robots-Tag"] = "noindex"
    return response


def _written(key: tuple, make: Callable[[], bytes]) -> bytes:
    """Return a brochure kept in memory until something changes: many print the same one."""
    found = _kept.get(key)
    if found is None:
        found = make()
        if len(_kept) >= BROCHURES_KEPT:
            _kept.clear()
        _kept[key] = found
    return found
