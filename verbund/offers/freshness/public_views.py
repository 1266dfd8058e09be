"""Pages without sign-in: a partner answers for its entries, a reader says what is wrong."""

from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from verbund.core import public_forms
from verbund.core.dates import today
from verbund.core.errors import DomainError, show_on
from verbund.core.permissions import public
from verbund.core.public_forms import open_form
from verbund.core.views import show
from verbund.offers import entry as pages_of_entries
from verbund.offers import reading
from verbund.offers.freshness import operations, queries
from verbund.offers.freshness.forms import AnswersForm, ReportForm
from verbund.offers.models import ConfirmationEntry
from verbund.offers.speaking import answer, in_language, is_fresh, language_of, query_of, refused
from verbund.offers.views import pages

READ_OR_SEND = ["GET", "HEAD", "POST"]
REPORTS, ANSWERS = "report", "answers"
LIMITS = {
    # what is sent: by one sender in an hour, by all
    REPORTS: {"of_one": 30, "of_all": 1_000},
    ANSWERS: {"of_one": 120, "of_all": 5_000},
}


@public
@require_http_methods(READ_OR_SEND)
@in_language
@open_form
def confirm_entries(request, token: str):
    """What a partner's mail leads to. Opening it changes nothing, however often a mail scanner does."""
    link, over = _link(request, token)
    if over:
        return over
    form = AnswersForm(request.POST if request.method == "POST" else None, entries=_entries(link))
    if request.method == "POST":
        if wait := refused(request, ANSWERS, **LIMITS[ANSWERS]):
            return wait
        if form.is_valid() and is_fresh(request, ANSWERS, form):
            try:
                operations.answer_for_entries(link, form.answers(), on=today())
            except DomainError as refusal:
                show_on(form, refusal)
            else:
                return _saved(request, token)
    return _answers_page(request, link, token, form)


@public
@require_POST
@in_language
@open_form
def confirm_all(request, token: str):
    """Everything that is not answered yet is right: one press."""
    link, over = _link(request, token)
    if over:
        return over
    if wait := refused(request, ANSWERS, **LIMITS[ANSWERS]):
        return wait
    entries = _entries(link)
    if not public_forms.is_fresh(request, ANSWERS):
        form = AnswersForm(request.POST, entries=entries)
        form.is_valid()
        form.errors.clear()
        is_fresh(request, ANSWERS, form)
        return _answers_page(request, link, token, form)
    right = (ConfirmationEntry.Answer.CORRECT, "")
    operations.answer_for_entries(link, {one.pk: right for one in entries if not one.answer}, on=today())
    return _saved(request, token)


def _saved(request, token: str):
    query = query_of(language_of(request))
    return redirect(reverse("offers:confirm-entries", args=[token]) + (f"{query}&" if query else "?") + "gespeichert=1")


def _link(request, token: str):
    """Return the link of a token, or the page that says why it no longer works; 404 for a token we never gave out."""
    link = queries.link_of(token)
    if link is None:
        raise Http404
    try:
        operations.check_link(link, link.request, on=today())
    except operations.LinkOver as refusal:
        context = {"sentence": str(refusal), "centre": link.request.partner.centre}
        return link, answer(request, "offers/freshness/link_over.html", context, status=410)
    return link, None


def _entries(link) -> list[ConfirmationEntry]:
    """Return what can still be answered for, with what the public page says of each."""
    found = link.request.entries.select_related("offer__partner__organisation")
    found = found.prefetch_related("offer__at_places__place__municipality", "offer__at_places__slots")
    return [one for one in found if one.offer.is_public]


def _answers_page(request, link, token: str, form: AnswersForm):
    on = today()
    context = {
        "link": link,
        "token": token,
        "form": form,
        "rows": [
            {
                "entry": one,
                "answer": chosen,
                "note": note,
                "checked": reading.checked(one.offer.checked_on, on=on),
                "places": [_place(at) for at in one.offer.at_places.all()],
                "hours": _hours(one.offer),
            }
            for one, chosen, note in form.rows()
        ],
        "waiting": sum(not one.answer for one in form.entries),
        "is_saved": request.method != "POST" and request.GET.get("gespeichert") == "1",
        "form_token": public_forms.new_token(ANSWERS),
    }
    return answer(request, "offers/freshness/confirm.html", context, status=422 if form.errors else 200)


def _place(at) -> str:
    """Return where an entry takes place; of a protected place only the town, for links are passed on."""
    if at.is_remote:
        return _("telefonisch oder online")
    if at.place.is_protected:
        return _("%(town)s (Adresse geschützt)") % {"town": at.place.municipality.name}
    return ", ".join(filter(None, [at.place.name, at.place.street, at.place.municipality.name]))


def _hours(offer) -> list[str]:
    """Return the regular hours in short."""
    return [
        f"{reading.DAYS[slot.weekday]} {reading.hours_of(slot.opens, slot.closes)}"
        for at in offer.at_places.all()
        for slot in at.slots.all()
    ]


@public
@require_http_methods(READ_OR_SEND)
@in_language
@open_form
def report(request, pk: int):
    """What a reader says is wrong with an entry: a reason, some words, no name."""
    offer, language = _shown(pk), language_of(request)
    form = ReportForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        if wait := refused(request, REPORTS, **LIMITS[REPORTS]):
            return wait
        if form.is_valid() and is_fresh(request, REPORTS, form):
            operations.report_offer(offer, **form.cleaned_data, on=today())
            return redirect(reverse("offers:report-thanks", args=[pk]) + query_of(language))
    context = {
        "offer": offer,
        "form": form,
        "form_field": public_forms.FIELD,
        "form_token": public_forms.new_token(REPORTS),
        **pages.frame(request, language),
    }
    response = show(request, "offers/freshness/report.html", context, status=422 if form.errors else 200)
    response["X-Robots-Tag"] = "noindex"
    return response


@public
@require_safe
@in_language
def report_thanks(request, pk: int):
    """Thanks, and by when the centre looks at it."""
    offer, on = _shown(pk), today()
    context = {
        "offer": offer,
        "centre": offer.partner.centre,
        "answer_day": queries.answer_day(on, on=on),
        **pages.frame(request, language_of(request)),
    }
    return show(request, "offers/freshness/report_thanks.html", context)


def _shown(pk: int):
    offer = pages_of_entries.visible(pk, on=today())
    if offer is None:
        raise Http404
    return offer
