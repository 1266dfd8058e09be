"""What a submitter comes back to by link: how far it has come, questions and answers, taking it back; and the rules."""

from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from verbund.core import public_forms
from verbund.core.dates import today
from verbund.core.errors import DomainError, show_on
from verbund.core.permissions import public
from verbund.core.public_forms import open_form
from verbund.offers.proposals import operations, queries, reading
from verbund.offers.proposals.forms import AnswerForm
from verbund.offers.proposals.lifecycle import PROPOSAL
from verbund.offers.proposals.public_pages import READ_OR_SEND, refused
from verbund.offers.speaking import answer, in_language, is_fresh
from verbund.offers.views import pages

PURPOSE = "proposal-answer"


@public
@require_http_methods(READ_OR_SEND)
@in_language
@open_form
def status(request, token: str):
    """How far a proposal has come; where the centre asked something, a form for the answer."""
    proposal = _proposal(token)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        if over := refused(request, PURPOSE):
            return over
        if form.is_valid() and is_fresh(request, PURPOSE, form):
            try:
                operations.answer_question(proposal, text=form.cleaned_data["text"], on=today())
            except DomainError as refusal:
                show_on(form, refusal)
            else:
                return _back(request, token, "geantwortet")
    return _page(request, proposal, token, form)


@public
@require_POST
@in_language
@open_form
def withdraw(request, token: str):
    """Take a proposal back."""
    proposal = _proposal(token)
    if over := refused(request, PURPOSE):
        return over
    form = AnswerForm({})
    form.is_valid()
    form.errors.clear()
    if is_fresh(request, PURPOSE, form):
        try:
            operations.withdraw_proposal(proposal, on=today())
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            return _back(request, token, "zurueckgezogen")
    return _page(request, proposal, token, form)


def _proposal(token: str):
    found = queries.proposal_of(token)
    if found is None:
        raise Http404
    return found


def _back(request, token: str, said: str):
    query = pages.query_of(pages.language_of(request))
    joint = "&" if query else "?"
    return redirect(f"{reverse('offers:proposal-status', args=[token])}{query}{joint}getan={said}")


DONE = {
    "geantwortet": _("Danke. Ihre Antwort ist beim Zentrum."),
    "zurueckgezogen": _("Ihr Vorschlag ist zurückgezogen."),
}


def _page(request, proposal, token: str, form: AnswerForm):
    is_sent = request.method == "POST"
    if is_sent:
        proposal.refresh_from_db()
    moves = PROPOSAL.open_for(proposal.status)
    context = {
        "proposal": proposal,
        "is_shown": bool(proposal.made_offer and proposal.made_offer.is_shown(today())),
        "token": token,
        "form": form,
        "errors": reading.errors_of(form) if is_sent else [],
        "steps": reading.steps_of(proposal),
        "tone": reading.TONES[proposal.status],
        "said": list(proposal.messages.all()),
        "can_answer": "answer_as_submitter" in moves,
        "can_withdraw": "withdraw_proposal" in moves,
        "done": "" if is_sent else DONE.get(request.GET.get("getan", ""), ""),
        "form_token": public_forms.new_token(PURPOSE),
    }
    return answer(request, "offers/proposals/status.html", context, status=422 if is_sent else 200)


@public
@require_safe
@in_language
def rules(request):
    """What is taken into the finder and what is not."""
    found = queries.rules_on(today())
    context = {"rules": found, "days": queries.working_days_promised(on=today())}
    response = answer(request, "offers/proposals/rules.html", context)
    del response["X-Robots-Tag"]
    return response
