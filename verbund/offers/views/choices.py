"""The choices the finder offers, in words and with how many remain: what its template walks through."""

from django.utils.html import escape
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from verbund.offers import reading
from verbund.offers.finding import NO_LIMIT, RADII, Found
from verbund.offers.forms.finder import Asked
from verbund.offers.stock import Stock
from verbund.offers.ways_on import Alternative


def of_page(stock: Stock, asked: Asked, found: Found, language: str) -> dict:
    """Return the choices by group: options of lists, and rows with label, count, and whether it is chosen."""
    wanted = asked.wanted
    return {
        "needs": [
            _need(stock, asked, found, code, picture, language) for code, picture in stock.words.vocabulary["anliegen"]
        ],
        "when": _options(stock, found, "wann", language),
        "weekdays": _options(stock, found, "tag", language),
        "spoken": _options(stock, found, "spricht", language, only_some=True),
        "audiences": _options(stock, found, "fuer", language, only_some=True),
        "radii": _options(stock, found, "umkreis", language) if wanted.spot else "",
        "yes": [
            {"name": name, "label": label, "count": found.counts[name, True], "is_chosen": name in wanted.yes}
            for name, label in labels_of_yes().items()
        ],
        "active": [
            {"label": label_of(stock, asked, name, language), "url": asked.link(**dict.fromkeys(_with(name)))}
            for name in wanted.chosen
        ],
        "without_position": asked.link(position=None, umkreis=None) if "position" in asked.values else "",
        "has_more": bool(set(wanted.chosen) - {"anliegen"}),
    }  # fmt: skip


def labels_of_yes() -> dict[str, str]:
    """Return what the choices of yes or no are called."""
    return {
        "kostenlos": _("kostenlos"),
        "ohne": _("ohne Anmeldung"),
        "kinder": _("mit Kinderbetreuung"),
        "frauen": _("nur für Frauen"),
        "stufenlos": _("ohne Stufen"),
    }


def term_name(stock: Stock, kind: str, code: str, language: str) -> str:
    """Return what a need or an audience is called in a language, else in German."""
    names = stock.words.term_names
    return names.get((kind, code, language)) or names.get((kind, code, "de"), code)


def label_of(stock: Stock, asked: Asked, name: str, language: str) -> str:
    """Return what a filter in use is called."""
    wanted = asked.wanted
    if name in {"anliegen", "fuer"}:
        return term_name(stock, name, getattr(wanted, name), language)
    if name == "spricht":
        return reading.language_name(stock, wanted.spricht, language)
    if name == "tag":
        return str(reading.DAYS[wanted.tag])
    if name in {"von", "bis"}:
        template = _("ab %(time)s Uhr") if name == "von" else _("bis %(time)s Uhr")
        return template % {"time": f"{getattr(wanted, name):%H:%M}"}
    if name == "wann":
        return _("heute") if wanted.wann == "heute" else _("in den nächsten 7 Tagen")
    return labels_of_yes()[name]


def alternatives(stock: Stock, asked: Asked, ways: list[Alternative], language: str) -> list[dict]:
    """Return the ways on where nothing was found, as links with how many hits each brings."""
    rows = []
    for one in ways:
        if one.name == "umkreis":
            label = _("im Umkreis von %(km)s km") % {"km": one.value} if one.value else _("egal wie weit weg")
            url = asked.link(umkreis=one.value)
        elif one.name == "anliegen" and one.value:
            label = term_name(stock, "anliegen", one.value, language)
            kept = {name: None for name in asked.values if name not in {"ort", "position", "umkreis", "sprache"}}
            url = asked.link(**{**kept, "anliegen": one.value})
        elif one.name == "was":
            label = _("ohne die Suchwörter")
            url = asked.link(was=None)
        elif one.name == "woerter":
            label = _("nur „%(words)s“") % {"words": one.value}
            url = asked.link(was=one.value)
        elif one.name == "spricht" and one.value:
            code, words, auch = one.value
            label = _speaking(reading.language_name(stock, code, language), words, auch=auch)
            url = asked.link(was=words, spricht=code, auch="1" if auch else None)
        else:
            label = _("ohne „%(filter)s“") % {"filter": label_of(stock, asked, one.name, language)}
            url = asked.link(**dict.fromkeys(_with(one.name)))
        rows.append({"label": label, "url": url, "count": one.count})
    return rows


def _speaking(name: str, words: str, *, auch: bool) -> str:
    """Return how entries in a language are offered, instead of its name as a word of the search."""
    said = {"language": reading.isolated(name), "words": words}
    label = _("Angebote in %(language)s zu „%(words)s“") % said if words else _("Angebote in %(language)s") % said
    return _("%(offers)s, auch auf Anfrage oder mit Sprachmittlung") % {"offers": label} if auch else label


def _with(name: str) -> tuple[str, ...]:
    """Return the parts of an address that go together with a filter."""
    return ("spricht", "auch") if name == "spricht" else (name,)


def _options(stock: Stock, found: Found, name: str, language: str, *, only_some: bool = False) -> str:
    """Return the options of a list, each with how many remain; with `only_some` those with any hits.

    Values and labels are escaped once and kept with the words they come from.
    """
    kept, key = stock.words.options, (name, language)
    if key not in kept:
        kept[key] = [(value, escape(value), escape(label)) for value, label in _OPTIONS[name](stock, language)]
    chosen, counts = getattr(found.wanted, name), found.counts
    rows = (
        f'<option value="{shown}"{" selected" if value == chosen else ""}>{label} ({counts[name, value]})</option>'
        for value, shown, label in kept[key]
        if counts[name, value] or value == chosen or not only_some
    )
    return mark_safe("".join(rows))  # noqa: S308 - numbers, and what was escaped above


def _need(stock: Stock, asked: Asked, found: Found, code: str, picture: str, language: str) -> dict:
    is_chosen = asked.wanted.anliegen == code
    return {
        "label": term_name(stock, "anliegen", code, language),
        "picture": picture,
        "count": found.counts["anliegen", code],
        "is_chosen": is_chosen,
        "url": asked.link(anliegen=None if is_chosen else code),
    }


def _spoken(stock: Stock, language: str) -> list:
    return [(code, _both_names(name, native, language)) for code, (name, native) in stock.words.language_names.items()]


def _both_names(name: str, native: str, language: str) -> str:
    if language not in reading.GERMAN or native == name:
        return native
    return f"{name} – {native}"


def _audiences(stock: Stock, language: str) -> list:
    return [(code, term_name(stock, "fuer", code, language)) for code, _picture in stock.words.vocabulary["fuer"]]


def _radii(stock: Stock, language: str) -> list:
    return [*((radius, _("%(km)s km") % {"km": radius}) for radius in RADII), (NO_LIMIT, _("egal wie weit"))]


_OPTIONS = {
    "wann": lambda stock, language: [("heute", _("heute")), ("woche", _("in den nächsten 7 Tagen"))],
    "tag": lambda stock, language: list(enumerate(map(str, reading.DAYS))),
    "spricht": _spoken,
    "fuer": _audiences,
    "umkreis": _radii,
}
"""The values and labels of each list, in its order."""
