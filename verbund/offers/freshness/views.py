"""The centre's pages: what came in about the entries it looks after, and asking partners at once."""

from functools import partial
from itertools import groupby

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from verbund.core.acts import act_at_once, act_with_form
from verbund.core.dates import today
from verbund.core.error_pages import unprocessable
from verbund.core.permissions import gate
from verbund.core.views import show
from verbund.offers.freshness import asking, operations, permissions, queries
from verbund.offers.freshness.forms import AskForm, PhonedForm, ReasonForm
from verbund.offers.freshness.reading import Section, with_days
from verbund.offers.models import ConfirmationEntry, ReaderReport
from verbund.offers.queries import public_offers

Answer, Outcome = ConfirmationEntry.Answer, ConfirmationEntry.Outcome
MOST_SHOWN = 100
LATELY_DAYS = 7
answers_only = gate(among=queries.entries_of_centre, may=lambda actor, _entry: permissions.reads_feedback(actor))
reports_only = gate(among=queries.reports_of_centre, may=lambda actor, _report: permissions.reads_feedback(actor))


@require_safe
@gate(may=permissions.reads_feedback)
def feedback(request):
    """What came in and is not settled: changes, ends, reports of readers, and whom to phone."""
    on, actor = today(), request.actor
    waiting = queries.unanswered(actor, on=on)
    context = {
        "changed": _section(queries.open_answers(actor, Answer.CHANGED), "answered_on", on),
        "gone": _section(queries.open_answers(actor, Answer.GONE), "answered_on", on),
        "reports": _section(queries.open_reports(actor), "reported_on", on),
        "to_phone": _by_partner(waiting[:MOST_SHOWN]),
        "to_phone_count": waiting.count(),
        "confirmed": queries.confirmed_lately(actor, days=LATELY_DAYS, on=on),
        "on": on,
    }
    return show(request, "offers/freshness/feedback.html", context)


def _section(found, day: str, on) -> Section:
    return Section(with_days(list(found[:MOST_SHOWN]), day, on=on), found.count())


def _by_partner(entries) -> list[dict]:
    """Return the entries to phone about, with the partner and its telephone number once."""
    grouped = groupby(entries, key=lambda entry: entry.request)
    return [
        {
            "request": question,
            "partner": question.partner,
            "entries": list(rows),
        }
        for question, rows in grouped
    ]


def _settle(request, entry, outcome: str, done: str):
    return act_at_once(
        request,
        lambda: operations.settle_answer(entry, outcome, on=today(), actor=request.actor),
        back=reverse("offers:feedback"),
        done=done,
    )


@require_POST
@answers_only
def taken_over(request, entry):
    return _settle(request, entry, Outcome.TAKEN_OVER, _("Erledigt. Der Eintrag gilt als heute geprüft."))


@require_POST
@answers_only
def ended(request, entry):
    return _settle(request, entry, Outcome.ENDED, _("Das Angebot ist beendet und steht nicht mehr in der Suche."))


@require_POST
@answers_only
def goes_on(request, entry):
    return _settle(request, entry, Outcome.GOES_ON, _("Der Eintrag bleibt und gilt als heute geprüft."))


@answers_only
def not_taken(request, entry):
    return act_with_form(
        request,
        ReasonForm(request.POST or None),
        lambda typed: operations.settle_answer(entry, Outcome.NOT_TAKEN, **typed, on=today(), actor=request.actor),
        template="offers/freshness/act.html",
        title=_("Änderung nicht übernehmen"),
        label=_("Ohne Änderung erledigen"),
        intro=entry.note,
        back=reverse("offers:feedback"),
        done=_("Erledigt. Der Eintrag bleibt, wie er ist."),
        subject=entry.offer,
    )


@require_POST
@gate(among=queries.partners_of_centre, may=lambda actor, _partner: permissions.reads_feedback(actor))
def phoned(request, partner):
    """Record which entries a partner confirmed on the telephone."""
    on, back = today(), reverse("offers:feedback")
    among = queries.unanswered(request.actor, on=on).filter(request__partner=partner)
    form = PhonedForm(request.POST, among=among)
    if not form.is_valid():
        sentence = _("Wählen Sie mindestens einen Eintrag, der noch auf Antwort wartet.")
        return unprocessable(request, sentence=sentence, back_href=back)
    note = form.cleaned_data["note"] or _("telefonisch bestätigt")

    def settle_all():
        for entry in form.cleaned_data["entries"]:
            operations.settle_answer(entry, Outcome.CONFIRMED, note=note, on=on, actor=request.actor)

    return act_at_once(request, settle_all, back=back, done=_("Festgehalten. Die Einträge gelten als heute geprüft."))


def _settle_report(request, report, *, outcome: str):
    return act_at_once(
        request,
        lambda: operations.settle_report(report, outcome, on=today(), actor=request.actor),
        back=reverse("offers:feedback"),
        done=_("Der Hinweis ist erledigt."),
    )


def _report_view(outcome: str):
    return require_POST(reports_only(partial(_settle_report, outcome=outcome)))


report_corrected = _report_view(ReaderReport.Outcome.CORRECTED)
report_was_right = _report_view(ReaderReport.Outcome.WAS_RIGHT)
report_not_usable = _report_view(ReaderReport.Outcome.NOT_USABLE)


@gate(may=permissions.reads_feedback)
def ask(request):
    """Ask chosen partners at once about all their public entries."""
    on = today()
    partners = queries.partners_with_questions(request.actor, on=on)
    form = AskForm(request.POST if request.method == "POST" else None, among=queries.partners_of_centre(request.actor))
    if request.method == "POST" and form.is_valid():
        mailed, to_phone, skipped = _ask(form.cleaned_data["partners"], on, request.actor)
        messages.success(request, _told(mailed, to_phone, skipped))
        return redirect("offers:feedback")
    context = {"partners": partners, "form": form}
    return show(request, "offers/freshness/ask.html", context, status=422 if form.errors else 200)


def _ask(partners, on, actor) -> tuple[int, int, int]:
    """Ask each partner; return how many got a mail, how many are to be phoned, how many are being asked already."""
    mailed = to_phone = skipped = 0
    for partner in partners:
        try:
            question = operations.ask_partner(partner, public_offers(on=on).filter(partner=partner), on=on, actor=actor)
        except (asking.AlreadyAsked, asking.NothingToAsk):
            skipped += 1
        else:
            mailed += question.handed_over_on is None
            to_phone += question.handed_over_on is not None
    return mailed, to_phone, skipped


def _told(mailed: int, to_phone: int, skipped: int) -> str:
    said = [ngettext("Ein Anbieter wird gefragt.", "%(n)s Anbieter werden gefragt.", mailed) % {"n": mailed}]
    if to_phone:
        said.append(_("Ohne E-Mail-Adresse, bitte anrufen: %s.") % to_phone)
    if skipped:
        said.append(_("Schon gefragt oder ohne veröffentlichten Eintrag: %s.") % skipped)
    return " ".join(said)
