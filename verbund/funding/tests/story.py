"""The cast and the stages of a grant, for tests: each function brings an application one stage further."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.support.cast import acting, member
from verbund.accounts.roles import Role
from verbund.core.acting import Actor
from verbund.directory.models import Centre
from verbund.funding import operations, queries
from verbund.funding.models import BudgetTitle, Call, Decision, GrantApplication, GrantNotice, PlannedPost
from verbund.programmes import queries as programmes
from verbund.programmes.models import Programme

PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
IBAN = "DE89370400440532013000"
F, R = PlannedPost.Function, PlannedPost.RateClass


@dataclass
class People:
    """One actor per function: of one centre and its carrier, and of the authority."""

    staff: Actor
    lead: Actor
    signatory: Actor
    treasury: Actor
    officer: Actor
    approver: Actor
    cashier: Actor


ROLES = {
    "staff": Role.CENTRE_STAFF,
    "lead": Role.CENTRE_LEAD,
    "signatory": Role.SIGNATORY,
    "treasury": Role.TREASURY,
    "officer": Role.GRANT_OFFICER,
    "approver": Role.GRANT_APPROVER,
    "cashier": Role.CASHIER,
}


def people(key: str = "05122") -> People:
    return People(**{name: acting(member(role, at=key)) for name, role in ROLES.items()})


def call_for(year: int, *, amount: str = "9830000", actor: Actor | None = None, **fields) -> Call:
    """Return an open call of the base grant with its own budget title."""
    title, _created = BudgetTitle.objects.get_or_create(
        chapter="07 080",
        title_number="633 10",
        budget_year=year,
        defaults={"purpose": "Kommunale Integrationszentren", "amount_planned": Decimal(amount), "source": "Test"},
    )
    values = {
        "programme": Programme.objects.get(code="KI_BASE"),
        "guideline": programmes.guideline_for("KI_BASE", year),
        "budget_title": title,
        "budget_year": year,
        "period_from": date(year, 1, 1),
        "period_until": date(year, 12, 31),
        "opens_on": date(year - 1, 6, 1),
        "closes_on": None,
        "drawdowns_until": date(year, 12, 31),
    }
    call = Call.objects.create(**{**values, **fields})
    operations.open_call(call, actor=actor or acting(member(Role.GRANT_OFFICER)))
    return call


def full_staff(year: int, *, specialists: int = 3, first: date | None = None) -> list[operations.PostPlan]:
    """Return specialists and the half assistant, occupied from `first` (default: all year) to its end."""
    first = first or date(year, 1, 1)
    spans = {"occupied_from": first, "occupied_until": date(year, 12, 31)}
    plans = [
        operations.PostPlan(
            f"Fachkraft {number}", F.SOCIAL_EDUCATION, R.SPECIALIST, Decimal(1), is_qualified=True, **spans
        )
        for number in range(1, specialists + 1)
    ]
    return [*plans, operations.PostPlan("Assistenz", F.SUPPORT, R.ASSISTANT, Decimal("0.5"), **spans)]


def shortened(plan: operations.PostPlan, *, until: date) -> operations.PostPlan:
    """Return a row of a post plan that ends earlier."""
    return replace(plan, occupied_until=until)


def values(**changes) -> dict:
    return {
        "purpose": "Aufbau des Kommunalen Integrationszentrums",
        "concept_adopted_on": date(2012, 7, 5),
        "resolution_on": date(2012, 7, 5),
        "provides_rooms": True,
        "provides_equipment": True,
        "provides_running_costs": True,
        "amount_rooms": Decimal("30000.00"),
        "amount_equipment": None,
        "amount_running_costs": None,
        **changes,
    }


def upload(name: str = "konzept.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="application/pdf")


def drafted(call: Call, cast: People, *, posts=None, key: str = "05122", extras=None, on: date | None = None):
    """Return a complete draft."""
    on = on or call.opens_on
    centre = Centre.objects.get(key=key)
    application = operations.start_application(call, centre=centre, on=on, actor=cast.lead)
    operations.save_draft(
        application,
        values=values(),
        posts=posts or full_staff(call.budget_year),
        extras=extras or {},
        seen_version=application.version,
        actor=cast.lead,
    )
    for kind in ("CONCEPT", "RESOLUTION", "SITUATION_REPORT", "WORK_PLAN", "LANGUAGE_POOL_CONCEPT"):
        operations.attach(application, kind=kind, upload=upload(), actor=cast.lead)
    return GrantApplication.objects.get(pk=application.pk)


def submitted(call: Call, cast: People, *, on: date | None = None, **options) -> GrantApplication:
    application = drafted(call, cast, on=on, **options)
    on = on or call.opens_on
    operations.offer_for_signature(application, on=on, actor=cast.lead)
    operations.countersign_application(application, on=on, actor=cast.signatory)
    operations.submit_application(application, on=on, actor=cast.lead)
    return GrantApplication.objects.get(pk=application.pk)


def reviewed(call: Call, cast: People, *, on: date | None = None, **options) -> GrantApplication:
    """Return an application whose checklist is answered and for which officer and approver have no conflict."""
    application = submitted(call, cast, on=on, **options)
    on = on or call.opens_on
    for actor in (cast.officer, cast.approver):
        operations.declare_conflict(application, has_conflict=False, statement="", actor=actor)
    operations.take_over(application, on=on, actor=cast.officer)
    answers = dict.fromkeys(queries.checklist_of(application), ("MET", ""))
    operations.answer_checklist(application, answers=answers, on=on, actor=cast.officer)
    return GrantApplication.objects.get(pk=application.pk)


def proposed(call: Call, cast: People, *, amount: str, on: date | None = None, **options) -> Decision:
    application = reviewed(call, cast, on=on, **options)
    return operations.propose_decision(
        application, kind="GRANT", amount=Decimal(amount), on=on or call.opens_on, actor=cast.officer
    )


def granted(call: Call, cast: People, *, amount: str, on: date | None = None, **options) -> GrantNotice:
    decision = proposed(call, cast, amount=amount, on=on, **options)
    return operations.countersign_decision(decision, issued_on=on or call.opens_on, actor=cast.approver)


def final(call: Call, cast: People, *, amount: str, on: date | None = None, **options) -> GrantNotice:
    """Return a grant handed over and waived on the same day, with a confirmed account."""
    on = on or call.opens_on
    notice = granted(call, cast, amount=amount, on=on, **options)
    operations.record_notification(notice, how="HANDED_OVER", day=on, on=on, actor=cast.officer)
    operations.waive_remedy(notice, on=on, actor=cast.signatory)
    account = operations.propose_account(
        notice.application.carrier, iban=IBAN, holder=str(notice.application.carrier), actor=cast.treasury
    )
    operations.confirm_account(account, actor=cast.signatory)
    return GrantNotice.objects.get(pk=notice.pk)
