"""What was looked for in vain, as a table for planning: one line for each word and place; the sums stay true."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from verbund.core.exports import Column
from verbund.offers.words.missing import Missed

MISSED_COLUMNS = [
    Column(gettext_lazy("Wörter"), lambda line: line[0], 36),
    Column(gettext_lazy("Sprache der Seite"), lambda line: line[1], 18),
    Column(gettext_lazy("Kreis oder Stadt"), lambda line: line[2], 30),
    Column(gettext_lazy("Suchen in zwölf Monaten"), lambda line: line[3], 24),
    Column(gettext_lazy("steht jetzt bei"), lambda line: line[4], 24),
]


def missed_lines(found: Iterable[Missed], sums: dict[str, int]) -> Iterator[tuple]:
    """Yield words, language, place, number and the term they lead to; at last what is only counted."""
    for one in found:
        for place, number in one.places:
            yield one.words, one.language_name, place or _("ohne Ort"), number, one.leads_to
        if one.elsewhere:
            elsewhere = _("übrige Orte") if one.places else _("verschiedene Orte")
            yield one.words, one.language_name, elsewhere, one.elsewhere, one.leads_to
    if sums["rare"]:
        rare = ngettext("ein einzelnes Wort", "%(number)s einzelne Wörter", sums["rare"]) % {"number": sums["rare"]}
        yield rare, "", "", sums["rare_searches"], ""
