"""The front page: what the network is, which centre is responsible where one lives, and a door for everybody."""

from django import forms
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from verbund.core.dates import add_months, today
from verbund.core.permissions import public
from verbund.core.views import show
from verbund.directory import places
from verbund.directory.models import Centre
from verbund.portal import navigation
from verbund.portal.centre_page import MONTHS_UNTIL_A_CONTACT_IS_OLD

FIELD = "ort"
MOST_CHARACTERS = 80
KEPT_CHARACTERS = 300
SEARCHABLE = _(
    "Gesucht wird in den Namen der Städte und Gemeinden in Nordrhein-Westfalen, nicht in Stadtteilen. "
    "Mit der Postleitzahl finden Sie das Zentrum auch vom Stadtteil aus."
)
WHERE_YOU_LIVE = _("Es kommt darauf an, in welcher Gemeinde Sie wohnen.")


class PlaceForm(forms.Form):
    """A postcode or the name of a town, as people type it; `cleaned_data["ort"]` is what to look for."""

    use_required_attribute = False
    ort = forms.CharField(
        label=_("Postleitzahl oder Ort"),
        max_length=MOST_CHARACTERS,
        widget=forms.TextInput(
            attrs={"autocomplete": "postal-code", "enterkeyhint": "search", "spellcheck": "false", "dir": "auto"}
        ),
        help_text=_("Zum Beispiel 59174 oder Kamen"),
        error_messages={
            "required": _("Geben Sie eine Postleitzahl oder den Namen einer Stadt oder Gemeinde ein."),
            "max_length": _("Das ist zu lang. Es reichen höchstens 80 Zeichen: eine Postleitzahl oder ein Ort."),
        },
    )

    def clean_ort(self) -> places.Wanted:
        wanted = places.wanted(self.cleaned_data["ort"])
        if wanted.is_enough:
            return wanted
        if wanted.has_digits:
            raise forms.ValidationError(_("Eine Postleitzahl hat fünf Ziffern, zum Beispiel 59174."))
        raise forms.ValidationError(_("Geben Sie mindestens zwei Buchstaben des Ortes ein oder die Postleitzahl."))


@public
@require_safe
def home(request):
    """The front page; whoever has signed in is led to their work list unless they ask for it or look for a place."""
    is_asked_for = FIELD in request.GET or request.GET.get("seite") == "start"
    if request.actor.is_signed_in and not is_asked_for:
        return redirect("portal:worklist")
    form = PlaceForm({FIELD: _readable(request.GET[FIELD])} if FIELD in request.GET else None)
    if form.errors:
        form.fields[FIELD].widget.attrs["autofocus"] = True
    context = {
        "form": form,
        "for_all": navigation.links(navigation.FOR_ALL, actor=request.actor, path=""),
        "for_partners": navigation.links(navigation.FOR_PARTNERS, actor=request.actor, path=""),
        "worklist_url": navigation.address("portal:worklist"),
    }
    return show(request, "portal/home.html", context | (_answer(form) if form.is_valid() else _count()))


def _readable(typed: str) -> str:
    """Return what was typed without signs nobody sees, and no more of it than is worth showing again."""
    return "".join(sign if sign.isprintable() else " " for sign in typed[:KEPT_CHARACTERS])


def _count() -> dict:
    return {"number_of_centres": Centre.objects.count()}


def _answer(form: PlaceForm) -> dict:
    """Return the answer below the field; the centres it is taken from are counted along the way."""
    sought, centres, on = form.cleaned_data[FIELD], places.centres_of_areas(), today()
    oldest = add_months(on, -MONTHS_UNTIL_A_CONTACT_IS_OLD)
    answer = places.find(sought, centres=centres, on=on, vouched_since=oldest)
    return {
        "number_of_centres": len(centres),
        "sought": sought,
        "answer": answer,
        "heading": _heading(answer, sought, typed=form.data[FIELD].strip()),
    }


def _heading(answer: places.Answer, sought: places.Wanted, *, typed: str) -> dict:
    """Return the title of an answer and the sentence below it."""
    code = {"code": sought.postcode}
    if answer.is_empty and sought.postcode:
        title = _("%(code)s gehört nicht zu Nordrhein-Westfalen oder fehlt in unseren Daten.") % code
        return {"title": title, "note": _("Prüfen Sie die Ziffern oder suchen Sie mit dem Namen Ihrer Gemeinde.")}
    if answer.is_empty:
        return {"title": _("Keine Stadt oder Gemeinde heißt „%(typed)s“.") % {"typed": typed}, "note": SEARCHABLE}
    if not answer.responsible:
        return {"title": _("Welchen Ort meinen Sie?"), "note": ""}
    if len(answer.responsible) == 1:
        return {"title": _("Das zuständige Zentrum"), "note": ""}
    if sought.postcode:
        return {"title": _("%(code)s liegt in mehreren Gemeinden.") % code, "note": WHERE_YOU_LIVE}
    return {"title": _("Dafür sind mehrere Zentren zuständig."), "note": WHERE_YOU_LIVE}
