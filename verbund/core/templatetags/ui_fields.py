"""How a form field is drawn: which of the drawings in `ui/form_field.html`, with which attributes."""

from django import forms
from django.utils.translation import gettext as _

from verbund.core.money import MoneyFormField

SIZES = {"date": "short", "amount": "short", "number": "short"}


def kind_of(field) -> str:
    """Return the drawing for a bound field: text, area, select, check, choices, file, date, amount or number."""
    form_field, widget = field.field, field.field.widget
    if isinstance(form_field, MoneyFormField):
        return "amount"
    by_widget = [
        (forms.CheckboxSelectMultiple, "choices"),
        (forms.RadioSelect, "choices"),
        (forms.CheckboxInput, "check"),
        (forms.FileInput, "file"),
        (forms.Textarea, "area"),
        (forms.Select, "select"),
        (forms.DateInput, "date"),
        (forms.NumberInput, "number"),
    ]
    if isinstance(form_field, (forms.DecimalField, forms.IntegerField)) and not isinstance(widget, forms.Select):
        return "number"
    return next((kind for widget_class, kind in by_widget if isinstance(widget, widget_class)), "text")


def field_context(field, *, unit: str, wide: bool, optional_mark: bool) -> dict:
    """Return what the template needs: the drawn widget, ids that tie help and error to it, the size."""
    kind = kind_of(field)
    help_text = _help(field, kind)
    help_id = f"{field.auto_id}_hilfe" if help_text else ""
    error_id = f"{field.auto_id}_fehler" if field.errors else ""
    described_by = " ".join(name for name in (error_id, help_id) if name)
    return {
        "field": field,
        "kind": kind,
        "unit": unit or ("€" if kind == "amount" else ""),
        "size": "" if wide else SIZES.get(kind, ""),
        "help": help_text,
        "help_id": help_id,
        "error_id": error_id,
        "described_by": described_by,
        "optional": optional_mark and not field.field.required and kind != "check",
        "is_radio": kind == "choices" and not field.field.widget.allow_multiple_selected,
        "options": _options(field) if kind == "choices" else [],
        "widget": "" if kind == "choices" else field.as_widget(attrs=_attributes(field, kind, described_by)),
    }


def _options(field) -> list:
    """Return the radio buttons or check boxes of a field, dressed."""
    shape = "checkbox" if field.field.widget.allow_multiple_selected else "radio"
    dressed = list(field.subwidgets)
    for option in dressed:
        error = f" kern-form-check__{shape}--error" if field.errors else ""
        option.data["attrs"]["class"] = f"kern-form-check__{shape}{error}"
    return dressed


def _help(field, kind: str) -> str:
    """The help of a field; days that are typed say how, a day picker of the browser needs no words."""
    if field.help_text or kind != "date" or field.field.widget.input_type == "date":
        return field.help_text
    return _("Tag.Monat.Jahr, zum Beispiel 14.11.2026")


def _attributes(field, kind: str, described_by: str) -> dict:
    classes = {
        "select": "kern-form-input__select",
        "check": "kern-form-check__checkbox",
        "area": "kern-form-input__input textarea",
    }.get(kind, "kern-form-input__input")
    attributes = {"class": f"{classes} {field.field.widget.attrs.get('class', '')}".strip()}
    if field.errors:
        attributes["aria-invalid"] = "true"
        attributes["class"] += (
            " kern-form-check__checkbox--error" if kind == "check" else " kern-form-input__input--error"
        )
    if described_by:
        attributes["aria-describedby"] = described_by
    if kind == "date" and field.field.widget.input_type != "date":
        attributes |= {"inputmode": "numeric", "autocomplete": "off", "maxlength": "10"}
    if kind == "area":
        attributes.setdefault("rows", field.field.widget.attrs.get("rows", 4))
    return attributes


def errors_of(form, formset=None) -> list[dict]:
    """Return every error of a form (and of the rows of a formset) with the id of its field, form-wide ones first."""
    entries = _errors_of_form(form) if form is not None else []
    if formset is not None:
        entries += [{"text": text, "target": ""} for text in formset.non_form_errors()]
        for position, row in enumerate(formset.forms, start=1):
            place = _("Zeile %(number)d") % {"number": position}
            entries += [{**entry, "place": place} for entry in _errors_of_form(row)]
    return entries


def _errors_of_form(form) -> list[dict]:
    entries = [{"text": text, "target": ""} for text in form.non_field_errors()]
    for field in form:
        target = field.id_for_label or field.auto_id
        if kind_of(field) == "choices":
            target = f"{field.auto_id}_0"
        label = str(field.label).rstrip(".:")
        entries += [{"text": text, "target": target, "label": label} for text in field.errors]
    return entries
