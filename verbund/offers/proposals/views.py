"""The centre's pages: what was proposed, one proposal field by field, and what can be said to it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from verbund.core import audit
from verbund.core.acts import act_at_once, act_with_form
from verbund.core.dates import today
from verbund.core.error_pages import conflict
from verbund.core.errors import DomainError, show_on
from verbund.core.permissions import gate
from verbund.core.templatetags import ui_fields
from verbund.core.versions import StaleVersion
from verbund.core.views import show
from verbund.offers.content import OfferContent
from verbund.offers.editing.acts import readable
from verbund.offers.editing.reading import changes_between
from verbund.offers.editing.words import Words
from verbund.offers.models import Offer, Proposal
from verbund.offers.proposals import direct, operations, permissions, queries, reading
from verbund.offers.proposals.centre_forms import AcceptForm, AskForm, RefuseForm
from verbund.offers.proposals.lifecycle import OPEN, PROPOSAL, WAITS_FOR_CENTRE, ProposalStatus
from verbund.offers.reading import PAGE_LANGUAGES

PAGE_SIZE = 50
of_centre = gate(among=queries.proposals_visible_to, may=permissions.can_decide_proposal)


@require_safe
@gate(may=permissions.checks_proposals)
def proposals(request):
    """What waits for the centre, what waits for an answer, what partners published themselves, what is decided."""
    on, mine = today(), queries.proposals_visible_to(request.actor)
    decided = mine.filter(is_direct=False).exclude(status__in=OPEN).order_by("-decided_on", "-pk")
    context = {
        "waiting": mine.filter(status__in=WAITS_FOR_CENTRE).order_by("due_on", "pk"),
        "asked": mine.filter(status=ProposalStatus.QUESTION).order_by("submitted_on", "pk"),
        "direct": queries.direct_publications(request.actor, since=on - direct.KEPT_IN_SIGHT),
        "page": Paginator(decided, PAGE_SIZE).get_page(request.GET.get("seite")),
        "times": queries.answer_times(request.actor.organisation_id, on=on),
        "days": queries.working_days_promised(on=on),
        "on": on,
    }
    return show(request, "offers/proposals/list.html", context)


@require_safe
@of_centre
def proposal(request, record):
    return _page(request, record)


def _page(request, record: Proposal, form=None, *, status: int = 200):
    rows = reading.rows_of(record)
    if form is None:
        form = AcceptForm(proposal=record, rows=rows)
    moves = PROPOSAL.open_for(record.status)
    said = list(record.messages.all())
    context = {
        "proposal": record,
        "form": form,
        "errors": ui_fields.errors_of(form) if form.is_bound else [],
        "rows": rows,
        "tone": reading.TONES[record.status],
        "reading": None if record.offer_id else reading.shown_as_entry(record),
        "said": said,
        "other_language": "" if record.language == "de" else PAGE_LANGUAGES.get(record.language, ""),
        "is_open": record.status in OPEN,
        "is_perhaps_not_german": record.status in OPEN and reading.is_perhaps_not_german(record),
        "can_start": "start_check_of_proposal" in moves,
        "can_ask": "ask_submitter" in moves,
        "can_undo": record.is_direct and reading.is_still_as_made(record),
        "has_moved_on": any(row.was for row in rows) and record.status in OPEN,
        "history": readable(audit.history_of(record)),
        "on": today(),
    }
    return show(request, "offers/proposals/proposal.html", context, status=status)


def _back(record: Proposal) -> str:
    return reverse("offers:proposal", args=[record.pk])


@require_POST
@of_centre
def start_check(request, record):
    return act_at_once(
        request,
        lambda: operations.start_check(record, actor=request.actor),
        back=_back(record),
        done=_("In Prüfung. Die einreichende Stelle sieht das über ihren Link."),
    )


@of_centre
def ask(request, record):
    no_address = _(
        "Es ist keine E-Mail-Adresse angegeben. Die Frage steht nur hinter dem Link der einreichenden Stelle."
    )
    return act_with_form(
        request,
        AskForm(request.POST or None),
        lambda typed: operations.ask_submitter(record, **typed, on=today(), actor=request.actor),
        template="offers/proposals/act.html",
        title=_("Nachfragen"),
        label=_("Frage senden"),
        intro="" if record.submitter_email else no_address,
        back=_back(record),
        done=_("Die Frage ist gestellt."),
        subject=record,
    )


@of_centre
def refuse(request, record):
    return act_with_form(
        request,
        RefuseForm(request.POST or None, on=today()),
        lambda typed: operations.refuse_proposal(record, **typed, on=today(), actor=request.actor),
        template="offers/proposals/act.html",
        title=_("Vorschlag ablehnen"),
        label=_("Ablehnen"),
        intro=_("Die Regeln sind veröffentlicht. Eine Ablehnung nennt immer eine davon."),
        back=_back(record),
        done=_("Der Vorschlag ist abgelehnt."),
        subject=record,
    )


@require_POST
@of_centre
def accept(request, record):
    """Take over what is ticked; of two people who decide at once the second sees what the first has done."""
    form = AcceptForm(request.POST, proposal=record, rows=reading.rows_of(record))
    if form.is_valid():
        acts = form.acts()
        try:
            offer = operations.accept_proposal(record, acts.pop("names"), **acts, on=today(), actor=request.actor)
        except StaleVersion:
            return _somebody_was_faster(request, record, form)
        except DomainError as refusal:
            record = queries.proposals_visible_to(request.actor).get(pk=record.pk)
            show_on(form, refusal)
        else:
            public = _("Übernommen. Der Eintrag ist öffentlich.")
            messages.success(request, public if offer.is_public else _("Übernommen. Der Eintrag ist ein Entwurf."))
            return redirect("offers:kept-offer", pk=offer.pk)
    return _page(request, record, form, status=422)


def _somebody_was_faster(request, record: Proposal, form: AcceptForm):
    """Show what the entry says by now beside what would have been written."""
    stored = OfferContent.of(Offer.objects.get(pk=record.offer_id))
    wanted = stored.with_fields(queries.content_of(record), form.cleaned_data["fields_taken"])
    sentence = _("Der Eintrag wurde geändert, seit Sie diese Seite geöffnet haben. Übernommen ist noch nichts.")
    changes = changes_between(stored, wanted, Words())
    return conflict(request, sentence=sentence, changes=changes, back_href=_back(record))


@require_POST
@gate(
    among=lambda actor: queries.proposals_visible_to(actor).filter(is_direct=True), may=permissions.can_decide_proposal
)
def undo(request, record):
    return act_at_once(
        request,
        lambda: direct.undo(record, on=today(), actor=request.actor),
        back=_back(record),
        done=_("Zurückgenommen. Der Eintrag sagt wieder, was er vorher sagte, oder ist beendet."),
    )
