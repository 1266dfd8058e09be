"""Grants of the demonstration: Solingen 2012 as the press told it, a Kreis and a Stadt 2023, and an open year.

The sums and days of 2012 are evidenced by the sources named; who pressed which button is made up, and so are the
titles of later years. Everything hangs on calls with `is_demo` and goes with `remove()`.
"""

from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Q

from verbund.accounts.roles import Role
from verbund.core import append_only, deadlines, pdf
from verbund.core.dates import BERLIN, on_demo_day
from verbund.directory.demo import World
from verbund.directory.models import Centre
from verbund.funding import demo_proofs, legal_remedy, operations, queries, reclaims_demo, reminder_rules, rules
from verbund.funding.completeness import required_attachments
from verbund.funding.models import (
    Attachment,
    AuditMandate,
    BudgetEntry,
    BudgetTitle,
    BulkRun,
    Call,
    CallYear,
    CentreWindow,
    ChangeRequest,
    ChecklistAnswer,
    ConflictDeclaration,
    Decision,
    Disbursement,
    DraftComment,
    Drawdown,
    GrantApplication,
    GrantNotice,
    Hearing,
    InformationRequest,
    Instalment,
    LegalHold,
    NoticeYear,
    PaymentLine,
    PaymentList,
    PaymentListDownload,
    PlannedPost,
    RecipientAccount,
    Reclaim,
    RetentionItem,
    RetentionRun,
    Submission,
)
from verbund.funding.operations import PostPlan
from verbund.programmes import queries as programmes
from verbund.programmes.dated import operations as dated_rows
from verbund.programmes.models import Programme

KFI = "BRA-36"
CHAPTER, NUMBER = "unbekannt", "KI"
EXAMPLE_IBAN = "DE89370400440532013000"
SPECIMEN = Path(__file__).resolve().parent / "pdf" / "specimen.typ"
F, R = PlannedPost.Function, PlannedPost.RateClass
PRESS_2012 = "Presseerklärung der Landesregierung 2012 (www.nrw.de): 9,83 Mio. Euro"
NOTE_2012 = "Veröffentlichte Zahl; sie ist nicht 54 × 170.000 Euro und wird hier nicht damit abgeglichen."


def load(world: World) -> None:
    """Make titles, calls and grants that are not there yet."""
    if Call.objects.filter(is_demo=True).exists():
        return
    _solingen_2012(world)
    _year_2023(world)
    _coming_year(world)
    reclaims_demo.load(world)


def _solingen_2012(world: World) -> None:
    title = _title(world, 2012, "9830000", source=PRESS_2012, note=NOTE_2012, is_demo=False)
    call = _call(world, title, 2012, opens_on=date(2012, 7, 1), closes_on=None)
    posts = _posts(2012, specialists=3, first=date(2012, 12, 1))
    application = _submitted(world, call, "05122", posts, on=date(2012, 11, 15))
    notice = _granted(world, application, "14167", on=date(2012, 12, 10))
    _final(world, notice, "05122", on=date(2012, 12, 11))
    _paid(world, notice, "05122", "14167", on=date(2012, 12, 13))
    demo_proofs.accepted(world, notice, "05122", submitted_on=date(2013, 2, 18), decided_on=date(2013, 4, 9))


def _year_2023(world: World) -> None:
    title = _title(world, 2023, "20000000")
    call = _call(world, title, 2023, opens_on=date(2023, 3, 10), closes_on=date(2023, 4, 11))
    for key, specialists, amount in (("05978", 6, "364500"), ("05916", 5, "307500")):
        posts = _posts(2023, specialists=specialists)
        application = _submitted(world, call, key, posts, on=date(2023, 3, 28))
        notice = _granted(world, application, amount, on=date(2023, 4, 17))
        _final(world, notice, key, on=date(2023, 4, 18))
        _paid(world, notice, key, str(Decimal(amount) / 2), on=date(2023, 5, 3))
    demo_proofs.with_a_vacancy(world, notice, "05916", submitted_on=date(2024, 3, 12))


def _coming_year(world: World) -> None:
    year = world.on.year + 1
    title = _title(world, year, "20000000")
    call = _call(world, title, year, opens_on=world.on - timedelta(days=60), closes_on=world.on + timedelta(days=40))
    day = world.on - timedelta(days=9)
    _submitted(world, call, "05916", _posts(year, specialists=5), on=day)
    asked = _submitted(world, call, "05978", _posts(year, specialists=6), on=day)
    officer = _under_review(world, asked, on=day)
    operations.request_information(
        asked,
        text="Bitte reichen Sie den Beschluss des Kreistags mit Datum nach.",
        due_on=world.on + timedelta(days=12),
        on=day,
        actor=officer,
    )
    _draft(world, call, "05315", _posts(year, specialists=4), on=day)


def _title(world: World, year: int, amount: str, *, source="", note="", is_demo=True) -> BudgetTitle:
    existing = BudgetTitle.objects.filter(chapter=CHAPTER, title_number=NUMBER, budget_year=year).first()
    if existing:
        return existing
    title = BudgetTitle(
        chapter=CHAPTER,
        title_number=NUMBER,
        budget_year=year,
        purpose="Förderung Kommunaler Integrationszentren",
        amount_planned=Decimal(amount),
        source=source or "erfunden für die Vorführung",
        note=note or "Kapitel und Titel sind nicht veröffentlicht; der Ansatz ist erfunden.",
        is_demo=is_demo,
    )
    return operations.open_title(title, actor=world.actor(Role.GRANT_APPROVER, KFI))


def _call(world: World, title: BudgetTitle, year: int, *, opens_on: date, closes_on: date | None) -> Call:
    actor = world.actor(Role.GRANT_OFFICER, KFI)
    call = Call(
        programme=Programme.objects.get(code="KI_BASE"),
        guideline=programmes.guideline_for("KI_BASE", year),
        budget_title=title,
        budget_year=year,
        period_from=date(year, 1, 1),
        period_until=date(year, 12, 31),
        opens_on=opens_on,
        closes_on=closes_on,
        drawdowns_until=date(year, 12, 31),
        is_demo=True,
    )
    operations.prepare_call(call, actor=actor)
    operations.open_call(call, actor=actor)
    return call


def _posts(year: int, *, specialists: int, first: date | None = None) -> list[PostPlan]:
    span = {"occupied_from": first or date(year, 1, 1), "occupied_until": date(year, 12, 31)}
    kinds = [F.SOCIAL_EDUCATION] * (specialists - 1) + [F.ADMINISTRATION]
    posts = [
        PostPlan(f"Fachkraft {number}", kind, R.SPECIALIST, Decimal(1), is_qualified=True, **span)
        for number, kind in enumerate(kinds, start=1)
    ]
    return [*posts, PostPlan("Assistenz", F.SUPPORT, R.ASSISTANT, Decimal("0.5"), **span)]


@cache
def _specimen(title: str) -> bytes:
    text = "Muster für die Vorführung. An dieser Stelle steht im Betrieb das Schriftstück des Trägers."
    return pdf.render(
        SPECIMEN, {"title": title, "text": text}, title=title, issued_at=datetime(2012, 1, 2, tzinfo=BERLIN)
    )


def _draft(world: World, call: Call, key: str, posts: list[PostPlan], *, on: date) -> GrantApplication:
    lead = world.actor(Role.CENTRE_LEAD, f"KI-{key}")
    centre = Centre.objects.select_related("carrier").get(key=key)
    with on_demo_day(on):
        application = operations.start_application(call, centre=centre, on=on, actor=lead)
        values = {
            "purpose": "Personal für die Koordinierung der Integrationsarbeit in beiden Handlungsfeldern.",
            "concept_adopted_on": date(2012, 7, 5) if key == "05122" else date(call.budget_year - 2, 3, 1),
            "resolution_on": date(2012, 7, 5) if key == "05122" else date(2013, 1, 1),
            "provides_rooms": True,
            "provides_equipment": True,
            "provides_running_costs": True,
            "amount_rooms": Decimal("24000.00"),
            "amount_equipment": Decimal("6000.00"),
            "amount_running_costs": Decimal("18000.00"),
        }
        operations.save_draft(application, values=values, posts=posts, extras={}, seen_version=1, actor=lead)
    return application


def _submitted(world: World, call: Call, key: str, posts: list[PostPlan], *, on: date) -> GrantApplication:
    application = _draft(world, call, key, posts, on=on)
    lead, signatory = world.actor(Role.CENTRE_LEAD, f"KI-{key}"), world.actor(Role.SIGNATORY, f"TR-{key}")
    with on_demo_day(on):
        for kind in required_attachments(application):
            content = _specimen(f"{kind.label} (Vorführung)")
            upload = SimpleUploadedFile(f"{kind.label}.pdf", content)
            operations.attach(application, kind=kind, upload=upload, actor=lead)
        application = GrantApplication.objects.get(pk=application.pk)
        operations.offer_for_signature(application, on=on, actor=lead)
        operations.countersign_application(application, on=on, actor=signatory)
        operations.submit_application(application, on=on, actor=lead)
    return GrantApplication.objects.get(pk=application.pk)


def _under_review(world: World, application: GrantApplication, *, on: date):
    officer = world.actor(Role.GRANT_OFFICER, KFI)
    operations.declare_conflict(application, has_conflict=False, statement="", actor=officer)
    operations.take_over(application, on=on, actor=officer)
    return officer


def _granted(world: World, application: GrantApplication, amount: str, *, on: date) -> GrantNotice:
    with on_demo_day(on):
        officer, approver = _under_review(world, application, on=on), world.actor(Role.GRANT_APPROVER, KFI)
        operations.declare_conflict(application, has_conflict=False, statement="", actor=approver)
        answers = dict.fromkeys(queries.checklist_of(application), (ChecklistAnswer.Result.MET, ""))
        operations.answer_checklist(application, answers=answers, on=on, actor=officer)
        decision = operations.propose_decision(
            application, kind=Decision.Kind.GRANT, amount=Decimal(amount), on=on, actor=officer
        )
        return operations.countersign_decision(decision, issued_on=on, actor=approver)


def _final(world: World, notice: GrantNotice, key: str, *, on: date) -> None:
    signatory, treasury = world.actor(Role.SIGNATORY, f"TR-{key}"), world.actor(Role.TREASURY, f"TR-{key}")
    with on_demo_day(on):
        officer = world.actor(Role.GRANT_OFFICER, KFI)
        operations.record_notification(notice, how=GrantNotice.How.HANDED_OVER, day=on, on=on, actor=officer)
        operations.waive_remedy(notice, on=on, actor=signatory)
        carrier = notice.application.carrier
        account = operations.propose_account(
            carrier, iban=EXAMPLE_IBAN, holder=f"{carrier} (Vorführung)", actor=treasury
        )
        operations.confirm_account(account, actor=signatory)


def _paid(world: World, notice: GrantNotice, key: str, amount: str, *, on: date) -> None:
    notice = GrantNotice.objects.get(pk=notice.pk)
    with on_demo_day(on):
        drawdown = operations.request_drawdown(
            notice, amount=Decimal(amount), on=on, actor=world.actor(Role.TREASURY, f"TR-{key}")
        )
        operations.verify_drawdown(drawdown, on=on, actor=world.actor(Role.GRANT_OFFICER, KFI))
        operations.order_drawdown(drawdown, on=on, actor=world.actor(Role.GRANT_APPROVER, KFI))
        operations.record_disbursement(
            drawdown,
            paid_on=on,
            on=on,
            reference=f"Vorführung {drawdown.pk}",
            actor=world.actor(Role.CASHIER, KFI),
        )


def remove() -> None:
    """Remove every grant of the demonstration's calls, their titles and accounts; the audit trail stays."""
    applications = GrantApplication.objects.filter(call__is_demo=True)
    notices = GrantNotice.objects.filter(decision__application__in=applications)
    drawdowns = Drawdown.objects.filter(notice__in=notices)
    further = CallYear.objects.filter(call__is_demo=True)
    titles = BudgetTitle.objects.filter(Q(calls__is_demo=True) | Q(pk__in=further.values("budget_title")))
    title_ids = set(titles.values_list("pk", flat=True))
    carriers = list(applications.values_list("carrier_id", flat=True))
    _forget_deadlines(applications, notices)
    demo_proofs.remove(applications)
    with append_only.unlocked(tables=("funding_reclaimentry", "funding_budgetentry")):
        reclaims_demo.remove(applications)
        BudgetEntry.objects.filter(notice__in=notices).delete()
    Disbursement.objects.filter(drawdown__in=drawdowns).delete()
    _forget_payment_lists(drawdowns)
    drawdowns.delete()
    for model in (Reclaim, ChangeRequest, Hearing):
        model.objects.filter(application__in=applications).delete()
    for model in (Instalment, NoticeYear):
        model.objects.filter(notice__in=notices).delete()
    _remove_versions(applications)
    RecipientAccount.objects.filter(proposed_by__is_demo=True, carrier__in=carriers).delete()
    AuditMandate.objects.filter(Q(auditor__user__is_demo=True) | Q(granted_by__is_demo=True)).delete()
    legal_remedy.remove_demo_rows()
    dated_rows.remove_demo_rows()
    reminder_rules.remove_demo_rows()
    rules.remove_demo_rows()
    for model in (
        LegalHold,
        RetentionItem,
        InformationRequest,
        ConflictDeclaration,
        ChecklistAnswer,
        DraftComment,
        Submission,
        Attachment,
    ):
        model.objects.filter(application__in=applications).delete()
    RetentionRun.objects.filter(proposed_by__is_demo=True, items=None).delete()
    applications.delete()
    Call.objects.filter(is_demo=True).delete()
    BudgetTitle.objects.filter(is_demo=True, calls=None).delete()
    for title in BudgetTitle.objects.filter(pk__in=title_ids):
        _settle_or_delete(title)


def _forget_payment_lists(drawdowns) -> None:
    """Delete the payment lists that hold nothing but the demonstration's calls, and what its people began."""
    PaymentLine.objects.filter(drawdown__in=drawdowns).delete()
    empty = PaymentList.objects.filter(lines=None)
    PaymentListDownload.objects.filter(payment_list__in=empty).delete()
    empty.delete()
    BulkRun.objects.filter(started_by__is_demo=True).delete()


def _forget_deadlines(applications, notices) -> None:
    """Delete the deadlines that ran on the demonstration's records."""
    deadlines.forget(InformationRequest.objects.filter(application__in=applications))
    deadlines.forget(Instalment.objects.filter(notice__in=notices))
    deadlines.forget(Hearing.objects.filter(application__in=applications))
    deadlines.forget(notices)
    deadlines.forget(CentreWindow.objects.filter(call__is_demo=True))
    deadlines.forget(Call.objects.filter(is_demo=True))


def _remove_versions(applications) -> None:
    """Delete the notices of grants and their decisions, the last version first."""
    Decision.objects.filter(application__in=applications, notice=None).delete()
    notices = GrantNotice.objects.filter(decision__application__in=applications)
    for version in sorted(set(notices.values_list("version", flat=True)), reverse=True):
        of_version = notices.filter(version=version)
        decisions = list(of_version.values_list("decision_id", flat=True))
        of_version.delete()
        Decision.objects.filter(pk__in=decisions).delete()


def _settle_or_delete(title: BudgetTitle) -> None:
    """Delete a made-up title; on a published one only what remains counts as committed and paid."""
    if title.is_demo:
        title.delete()
        return
    kinds = BudgetEntry.Kind
    sums = {kind: sum(entry.amount for entry in title.entries.filter(kind=kind)) for kind in kinds}
    title.amount_committed, title.amount_paid = sums[kinds.COMMITMENT], sums[kinds.PAYMENT]
    title.amount_repaid = sums[kinds.REPAYMENT]
    title.save(update_fields=["amount_committed", "amount_paid", "amount_repaid"])
