"""Asking without an account, and what stands behind the link: state, answer, adding, deleting. No JavaScript."""

from django.conf import settings
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from verbund.advising.enquiries import operations, reading
from verbund.advising.enquiries.asking import LONGEST_PLACE, AddForm, AskForm
from verbund.advising.enquiries.public_page import address_of, behind, refused
from verbund.advising.models import EnquiryRule
from verbund.core import public_forms
from verbund.core.dates import today
from verbund.core.errors import DomainError, show_on
from verbund.core.permissions import public
from verbund.core.public_forms import open_form
from verbund.offers.speaking import answer, in_language, is_fresh, language_of, refused_recipient

ASK, MORE = "enquiry", "enquiry-more"
DONE = {
    "gefragt": _("Danke. Ihre Frage ist angekommen."),
    "ergaenzt": _("Danke. Ihre Ergänzung ist angekommen."),
    "geantwortet": _("Danke. Ihre Antwort ist angekommen."),
}


@public
@require_http_methods(["GET", "HEAD", "POST"])
@in_language
@open_form
def ask(request):
    """The form, filled with the place of the page one comes from; sent, it leads to the asker's own page."""
    on, language = today(), language_of(request)
    if request.method != "POST":
        place = request.GET.get("ort", "").replace("\x00", "").strip()[:LONGEST_PLACE]
        return _form_page(request, AskForm(initial={"ort": place}, language=language, on=on))
    if over := refused(request, ASK):
        return over
    form = AskForm(request.POST, language=language, on=on)
    if form.is_valid() and is_fresh(request, ASK, form):
        values = form.values()
        if over := refused_recipient(request, values["email"]):
            return over
        try:
            made = operations.ask(**values, language=language, on=on)
        except DomainError as refusal:
            show_on(form, refusal)
        else:
            return redirect(address_of(made, language=language, done="gefragt"))
    return _form_page(request, form)


def _form_page(request, form: AskForm):
    context = {
        "form": form,
        "form_token": public_forms.new_token(ASK),
        "days": EnquiryRule.in_force(EnquiryRule.What.ANSWER_WORKING_DAYS, on=form.on).value,
        "kept": EnquiryRule.in_force(EnquiryRule.What.KEPT_DAYS, on=form.on).value,
    }
    response = answer(request, "advising/enquiries/ask.html", context, status=422 if form.errors else 200)
    response["Cache-Control"] = "private, no-cache"  # whoever goes back finds what was typed
    return response


@public
@require_safe
@in_language
@open_form
def status(request, token: str):
    """Who answers until when, what was said, what one can do."""
    return _status_page(request, behind(token), token)


@public
@require_POST
@in_language
@open_form
def add(request, token: str):
    """Add something to the question."""
    enquiry = behind(token)
    if over := refused(request, MORE):
        return over
    form = AddForm(request.POST)
    done = "geantwortet" if enquiry.waits_for_asker else "ergaenzt"
    if form.is_valid() and is_fresh(request, MORE, form):
        try:
            operations.add(enquiry, text=form.cleaned_data["text"], on=today())
        except DomainError as refusal:
            show_on(form, refusal)
        else:
            return redirect(address_of(enquiry, language=language_of(request), done=done))
    return _status_page(request, behind(token), token, form)


@public
@require_POST
@in_language
@open_form
def delete(request, token: str):
    """Delete question, answer and address at once."""
    enquiry = behind(token)
    if over := refused(request, MORE):
        return over
    form = AddForm()
    if not public_forms.is_fresh(request, MORE):
        return _status_page(request, enquiry, token, form, is_stale=True)
    operations.delete(enquiry, on=today())
    return redirect(address_of(enquiry, language=language_of(request)))


def _status_page(request, enquiry, token: str, form: AddForm | None = None, *, is_stale: bool = False):
    """Show the page; 410 once the text is deleted, which is then all there is to say."""
    if enquiry.forgotten_on:
        return answer(request, "advising/enquiries/gone.html", {"enquiry": enquiry}, status=410)
    form = form or AddForm()
    is_refused = bool(form.errors) or is_stale
    context = {
        **reading.asker_page(enquiry, on=today()),
        "token": token,
        "form": form,
        "link": settings.BASE_URL + address_of(enquiry, language=language_of(request)),
        "done": "" if is_refused or not enquiry.is_open else DONE.get(request.GET.get("getan", ""), ""),
        "is_stale": is_stale,
        "form_token": public_forms.new_token(MORE),
    }
    return answer(request, "advising/enquiries/status.html", context, status=422 if is_refused else 200)
