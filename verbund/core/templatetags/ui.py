"""The shared pieces of the screens, as tags with keyword-only arguments: a misspelt one fails when a page is loaded.

Each piece has its template `ui/<name>.html`, its rules in `static/core/` and its specimen on the page /bausteine/.
"""

import re
import uuid
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from django import template
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from verbund.core import money as money_rules
from verbund.core import once, phones
from verbund.core.templatetags import ui_fields

register = template.Library()

TONES = {"neutral", "info", "success", "warning", "danger"}
MARKS = {"A": "", "B": "", "C": "unconfirmed", "D": "derived", "E": "unconfirmed"}
CRUMB = re.compile(r"<a\b.*?</a>|<span\b.*?</span>|[^<>]+", re.DOTALL)
NOTHING = mark_safe('<span class="nothing" aria-hidden="true">–</span>')


class WrongTone(template.TemplateSyntaxError):
    """A tone outside the five there are."""


def _tone(tone: str) -> str:
    if tone not in TONES:
        raise WrongTone(f"tone {tone!r} is none of {', '.join(sorted(TONES))}")
    return tone


def _block(name: str, content: str, **context) -> str:
    """Render `ui/<name>.html` around the content, which is already rendered template output."""
    inner = mark_safe(content)  # noqa: S308 - rendered by the template engine, escaped there
    return render_to_string(f"ui/{name}.html", {"content": inner, **context})


@register.inclusion_tag("ui/status_badge.html")
def status_badge(*, label, tone="neutral", since=None):
    """A status as a word, with the day it began."""
    return {"label": label, "tone": _tone(tone), "since": since}


@register.simple_block_tag
def page_head(content, *, title, status="", tone="neutral", since=None, preline="", intro="", reference_day=None):
    """The head of a page: h1, status, what stands beside it; the content holds actions or short facts."""
    return _block(
        "page_head",
        content,
        title=title,
        status=status,
        tone=_tone(tone),
        since=since,
        preline=preline,
        intro=intro,
        reference_day=reference_day,
    )


@register.simple_block_tag
def breadcrumb(content):
    """Where one is: links and at last the page itself; nothing where a page names no way."""
    found = CRUMB.findall(content)
    texts = [part.strip() for text in found for part in ([text] if text.startswith("<") else text.split("›"))]
    crumbs = [mark_safe(text) for text in texts if text]  # noqa: S308 - rendered by the template engine, escaped there
    return render_to_string("ui/breadcrumb.html", {"crumbs": crumbs}) if crumbs else ""


@register.simple_block_tag
def next_step(content, *, title="", due_on=None, waiting_for="", done=""):
    """What is to be done now, with the one primary action; or who is waited for; or that all is `done`."""
    return _block("next_step", content, title=title, due_on=due_on, waiting_for=waiting_for, done=done)


@register.simple_block_tag
def facts(content, *, title=""):
    """A list of facts: label and value; holds `fact` tags."""
    return _block("facts", content, title=title)


@register.simple_block_tag
def fact(content, *, label, numeric=False):
    """One fact; its content is the value."""
    return _block("fact", content, label=label, numeric=numeric)


@register.simple_block_tag
def section(content, *, title, edit_href="", edit_label="", anchor=""):
    """A part of a page with its own small heading and its own edit link."""
    return _block("section", content, title=title, edit_href=edit_href, edit_label=edit_label, anchor=anchor)


@register.simple_block_tag
def alert(content, *, title, tone="info"):
    """A box that says something about the page as a whole."""
    return _block("alert", content, title=title, tone=_tone(tone))


@register.simple_block_tag
def table(content, *, caption, show_caption=False, sticky=True, cards=True):
    """A table for work: holds thead, tbody, tfoot; on a phone each row becomes a card (`data-label` on the cells)."""
    return _block("table", content, caption=caption, show_caption=show_caption, sticky=sticky, cards=cards)


@register.inclusion_tag("ui/steps.html")
def steps(*, steps, label=""):
    """The course of a process: dicts with label, state ("done", "current", "todo") and note."""
    return {"steps": steps, "label": label or _("Verlauf des Verfahrens")}


@register.inclusion_tag("ui/form_field.html")
def form_field(*, field, unit="", wide=False, optional_mark=True):
    """A field of a form: label above, help below, error at the field."""
    return ui_fields.field_context(field, unit=unit, wide=wide, optional_mark=optional_mark)


@register.inclusion_tag("ui/form_errors.html")
def form_errors(*, form, formset=None):
    """All errors of a form on top, each a link to its field."""
    return {"entries": ui_fields.errors_of(form, formset)}


@register.inclusion_tag("ui/form_fields.html")
def form_fields(*, form):
    """All visible fields of a form one below the other, and the hidden ones."""
    return {"form": form}


@register.inclusion_tag("ui/submit.html")
def submit(*, label, kind="primary", why_not=""):
    """The button that sends a form; with `why_not` it cannot be pressed and says why."""
    return {"label": label, "kind": kind, "why_not": why_not}


@register.inclusion_tag("ui/button_link.html")
def button_link(*, href, label, kind="secondary", download=False):
    """A link that looks like a button, for the way to a page where something is done."""
    return {"href": href, "label": label, "kind": kind, "download": download}


@register.inclusion_tag("ui/post_button.html", takes_context=True)
def post_button(context, *, href, label, kind="primary", why_not=""):
    """A button that posts to an address: one act without further questions, done once however often it is pressed."""
    return {
        "href": href,
        "label": label,
        "kind": kind,
        "why_not": why_not,
        "csrf_token": context.get("csrf_token"),
        "once": once_token(),
    }


@register.simple_tag
def once_token():
    """The hidden field by which a form that is sent twice acts once."""
    return format_html('<input type="hidden" name="{}" value="{}">', once.FIELD, uuid.uuid4().hex)


@register.inclusion_tag("ui/empty.html")
def empty(*, title, text="", href="", label=""):
    """What an empty list says: why it is empty and what to do."""
    return {"title": title, "text": text, "href": href, "label": label}


@register.simple_tag
def money(*, value):
    """Euros in German notation, read from left to right also in Arabic; a dash where there is none."""
    if value is None or value == "":
        return NOTHING
    return format_html('<bdi class="money" dir="ltr">{}</bdi>', money_rules.format_euro(value))


@register.filter
def dialled(value):
    """A telephone number as a telephone dials it, for the address of a link."""
    return phones.dialled(value)


@register.simple_tag
def number(*, value, places=None):
    """A number in German notation (1.234,5), without needless places."""
    if value is None or value == "":
        return NOTHING
    return format_html('<bdi class="number" dir="ltr">{}</bdi>', _german_number(value, places))


def _german_number(value, places) -> str:
    exact = (
        Decimal(value.numerator) / Decimal(value.denominator) if isinstance(value, Fraction) else Decimal(str(value))
    )
    text = f"{exact:,.{places}f}" if places is not None else f"{exact:,f}"
    if places is None and "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace(",", "_").replace(".", ",").replace("_", ".")


@register.simple_tag
def day(*, value, time=False):
    """A day as 28.10.2022 (with `time` also the time in Berlin); a dash where there is none."""
    if not value:
        return NOTHING
    if isinstance(value, datetime):
        value = timezone.localtime(value) if timezone.is_aware(value) else value
        shown = value.strftime("%d.%m.%Y, %H:%M") if time else value.strftime("%d.%m.%Y")
    elif isinstance(value, date):
        shown = value.strftime("%d.%m.%Y")
    else:
        return str(value)
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), shown)


@register.inclusion_tag("ui/working.html")
def working(*, lines, total=None, source="", label=""):
    """How a number came about ("wie?"): its lines (label, value, note), the total, and the rule's source."""
    return {"lines": [_line(line) for line in lines], "total": _shown(total), "source": source, "label": label}


def _line(line) -> dict:
    if isinstance(line, dict):
        found = line
    elif isinstance(line, (tuple, list)):
        found = dict(zip(("label", "value", "note"), line, strict=False))
    else:
        found = {name: getattr(line, name, None) for name in ("label", "value", "amount", "note", "source")}
    value = found.get("value") if found.get("value") is not None else found.get("amount")
    return {
        "label": found.get("label", ""),
        "value": _shown(value),
        "note": found.get("note") or found.get("source") or "",
    }


def _shown(value):
    """An amount as money, anything else as it is."""
    return money(value=value) if isinstance(value, (Decimal, Fraction)) else value


@register.inclusion_tag("ui/mark.html")
def mark(*, value):
    """How sure a fact is: says "abgeleitet" or "nicht bestätigt" where it is not evidenced."""
    return {"kind": MARKS.get(str(value or "").upper(), "")}


@register.inclusion_tag("ui/history.html")
def history(*, entries, title=""):
    """Who did what, for whom, when; newest first. Entries: at, who, what, note, on_behalf_of."""
    return {"entries": entries, "title": title or _("Verlauf")}


@register.inclusion_tag("ui/pagination.html", takes_context=True)
def pagination(context, *, page):
    """The pages of a long list; keeps the filters of the address."""
    return {"page": page, "request": context.get("request")}


@register.inclusion_tag("ui/shares.html")
def shares(*, parts, total, label):
    """An amount and its parts as a bar with a list of the same figures; parts: dicts with label, amount, tone."""
    return {"parts": _with_positions(parts, total), "total": total, "label": label}


def _with_positions(parts, total) -> list[dict]:
    placed, start = [], Decimal(0)
    for part in parts:
        width = Decimal(part["amount"]) / total * 100 if total else Decimal(0)
        width = min(max(width, Decimal(0)), 100 - start)  # more than all of it fills the bar; the list says how much
        placed.append({**part, "start": f"{start:.2f}", "width": f"{width:.2f}"})
        start += width
    return placed
