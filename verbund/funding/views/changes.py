"""A grant that changes: requests, new versions, rescission and revocation; where it stood on a day."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from verbund.core.dates import today
from verbund.core.errors import DomainError
from verbund.core.permissions import gate
from verbund.core.views import show
from verbund.funding import amounts, balances, operations, permissions, queries, vacancies
from verbund.funding.forms.changes import (
    AmendmentForm,
    BalanceForm,
    ChangeRequestForm,
    DeclineForm,
    RevocationForm,
    version_formset,
)
from verbund.funding.models import Decision
from verbund.funding.reading_log import noted
from verbund.funding.views.acts import act_at_once, act_with_form


@gate(among=queries.notices_visible_to, may=permissions.can_request_change)
def request_change(request, record):
    """The carrier asks for a change; an organisational one before it happens."""
    return act_with_form(
        request,
        ChangeRequestForm(request.POST or None, initial={"effective_from": today()}),
        lambda typed: operations.request_change(record.application, **typed, on=today(), actor=request.actor),
        title=_("Änderung beantragen"),
        intro=_("Organisatorische Änderungen zeigen Sie bitte an, bevor sie eintreten."),
        label=_("Beantragen"),
        back=record.get_absolute_url(),
        done=_("Beantragt. Die Bewilligungsbehörde prüft."),
        subject=record,
        all_by_choice=True,
    )


@require_POST
@gate(among=queries.change_requests_visible_to, may=permissions.can_withdraw_change_request)
def withdraw_change_request(request, record):
    return act_at_once(
        request,
        lambda: operations.withdraw_change_request(record, actor=request.actor),
        back=_notice_url(record),
        done=_("Der Änderungsantrag ist zurückgezogen."),
    )


@gate(among=queries.change_requests_visible_to, may=permissions.can_decline_change_request)
def decline_change_request(request, record):
    return act_with_form(
        request,
        DeclineForm(request.POST or None),
        lambda typed: operations.decline_change_request(record, **typed, on=today(), actor=request.actor),
        title=_("Änderung ablehnen"),
        label=_("Ablehnen"),
        back=_notice_url(record),
        done=_("Der Bescheid bleibt, wie er ist; der Träger hat Ihre Antwort."),
        subject=record,
    )


def _notice_url(record) -> str:
    return queries.valid_notice(record.application).get_absolute_url()


@gate(among=queries.notices_visible_to, may=permissions.can_propose_change)
def amend(request, record):
    """Propose a new version: the post plan as it will be, or as it is occupied; the sum, the reasons."""
    rows = version_formset(record, request.POST or None, rows=_as_occupied(record, request.GET.get("besetzung")))
    form = AmendmentForm(request.POST or None, rows=rows, initial={"effective_from": today()})
    return act_with_form(
        request,
        form,
        lambda typed: operations.propose_change(
            record, kind=Decision.Kind.AMENDMENT, **typed, on=today(), actor=request.actor
        ),
        template="funding/amend.html",
        title=_("Bescheid ändern"),
        label=_("Vorschlagen"),
        back=record.get_absolute_url(),
        done=_("Vorgeschlagen. Jetzt zeichnet eine zweite Person."),
        subject=record,
        computation=amounts.recompute(record.parameters),
    )


def _as_occupied(record, wanted: str | None) -> list[dict] | None:
    """Return the post plan as it is really occupied, where that is asked for and known."""
    if wanted != "ist":
        return None
    try:
        return vacancies.rows_as_occupied(vacancies.consequences(record.application, on=today()))
    except DomainError:
        return None


@gate(among=queries.notices_visible_to, may=permissions.can_propose_change)
def revoke(request, record):
    """Propose a rescission or revocation, after a hearing and within a year."""
    initial = {"kind": Decision.Kind.REVOCATION, "effective_from": record.application.call.period_from}

    def propose(typed):
        extent = operations.Extent(typed.pop("reaches_back"), typed.pop("discretion"), typed.pop("hearing"))
        return operations.propose_change(record, **typed, extent=extent, on=today(), actor=request.actor)

    return act_with_form(
        request,
        RevocationForm(request.POST or None, notice=record, initial=initial),
        propose,
        title=_("Widerrufen oder zurücknehmen"),
        intro=_("Vorher muss der Träger angehört sein. Die Entscheidung zeichnet eine zweite Person."),
        label=_("Vorschlagen"),
        back=record.get_absolute_url(),
        done=_("Vorgeschlagen. Jetzt zeichnet eine zweite Person."),
        subject=record,
        all_by_choice=True,
    )


@gate(among=queries.notices_visible_to)
@noted(gettext_lazy("Stand der Zuwendung zu Bescheid"))
def balance(request, record):
    """Where the grant stood: for a day, as the files were known on another."""
    given = request.GET if {"gueltig", "bekannt"} <= request.GET.keys() else None
    form = BalanceForm(given, initial={"gueltig": today(), "bekannt": today()})
    days = form.cleaned_data if form.is_valid() else {"gueltig": today(), "bekannt": today()}
    context = {
        "notice": record,
        "form": form,
        "days": days,
        "balance": balances.balance_of(
            record.application, known_on=days["bekannt"], valid_on=days["gueltig"], actor=request.actor
        ),
    }
    return show(request, "funding/balance.html", context, status=422 if form.errors else 200)
