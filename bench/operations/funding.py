"""What the authority and the carriers do all day: lists, one application, submitting, notices."""

import json
from datetime import UTC, date
from itertools import cycle

import typst
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from bench import funding_world, harness
from bench.harness import Figures, Visitor, cpu_of, measure
from bench.registry import operation
from verbund.accounts.roles import Role
from verbund.core import pdf
from verbund.core.models import StoredFile
from verbund.funding import documents, letters, payout
from verbund.funding.models import Decision, GrantApplication

NOTICES = 500
PATHS = ("application__call__programme", "application__carrier__organisation", "application__centre__organisation")


@operation("staff_list", limit="page", goal="≤ 25 ms where the page takes 1.55 (ratio ≥ 0.062), ≤ 15 SQL")
def staff_list() -> Figures:
    """The list of all applications as the authority's officer opens it, filtered by year and status."""
    funding_world.prepare()
    visitor = Visitor(funding_world.member(Role.GRANT_OFFICER))
    pages = cycle(["", "?jahr=2023", "?stand=GRANTED", "?suche=Solingen", "?seite=100", "?zustaendig=ich&bezirk=Köln"])
    return measure(
        lambda: visitor.get(f"/foerderung/antraege/{next(pages)}").expect(200), rows=GrantApplication.objects.count()
    )


@operation("staff_detail", limit="page", goal="≤ 27 ms where the page takes 1.55 (ratio ≥ 0.057), ≤ 20 SQL")
def staff_detail() -> Figures:
    """One application that went all the way, with its history, as the officer opens it."""
    funding_world.prepare()
    application = funding_world.granted_application()
    visitor = Visitor(funding_world.member(Role.GRANT_OFFICER))
    return measure(lambda: visitor.get(f"/foerderung/antraege/{application.pk}/").expect(200), rows=1)


@operation("create_application", limit="insert", goal="≥ 5 % of the insert limit")
def create_application() -> Figures:
    """Submit a countersigned application: validated, locked, audited, receipt stored, mail queued, committed."""
    funding_world.prepare()
    waiting = iter(funding_world.signed_applications())
    visitor = Visitor(funding_world.member(Role.CENTRE_LEAD))

    def submit():
        answer = visitor.post(f"/foerderung/antraege/{next(waiting).pk}/einreichen/", {"_once": harness.token()})
        return answer.expect(302)

    figures = measure(submit, rounds=4)
    figures.rows = GrantApplication.objects.count()
    return figures


@operation("notice_pdf", limit="PDF engine alone", goal="≥ 75 % of the PDF engine alone")
def notice_pdf() -> Figures:
    """A batch of 500 notices, from decision to stored PDF, beside the engine alone on the same data."""
    funding_world.prepare()
    application = funding_world.granted_application()
    decision_pk = Decision.objects.filter(application=application).latest("pk").pk
    with transaction.atomic():
        with CaptureQueriesContext(connection) as statements:
            stored = issue(decision_pk, "MESSUNG")
        count = len(statements)
        engine_ms = cpu_of(engine_alone(decision_pk), times=NOTICES // 5, rounds=1)
        numbers = iter(range(NOTICES))
        ours_ms = cpu_of(lambda: issue(decision_pk, f"CODE{next(numbers):08}"), times=NOTICES, rounds=1)
        transaction.set_rollback(True)
    return Figures(ours_ms, sql=count, bytes=stored.size, rows=NOTICES, limit_ms=engine_ms)


def issue(decision_pk: int, code: str) -> StoredFile:
    """Typeset and store the notice of a decision, everything read from the database anew."""
    decision = Decision.objects.select_related(*PATHS).get(pk=decision_pk)
    plan = payout.instalments(decision)
    return letters.notice(decision, plan=plan, issued_on=date(2023, 1, 9), code=code)


def engine_alone(decision_pk: int):
    """Return a function that typesets the data of the notice with a warm engine and does nothing else.

    Each call has another file number: the engine remembers what it has typeset before.
    """
    seen: dict = {}
    render = pdf.render
    documents.pdf.render = lambda template, data, **more: seen.update(template=template, data=data, **more) or b"%PDF-"
    try:
        issue(decision_pk, "MESSUNG")
    finally:
        documents.pdf.render = render
    engine = typst.Compiler(
        str(seen["template"]),
        root=str(seen["template"].parent),
        font_paths=typst.Fonts(include_system_fonts=False, font_paths=[str(pdf.FONTS_FOLDER)]),
    )
    options = {"format": "pdf", "pdf_standards": ["ua-1", "a-2a"], "timestamp": seen["issued_at"].astimezone(UTC)}
    payloads = iter(
        [
            json.dumps(
                {**seen["data"], "title": seen["title"], "file_reference": f"36-{number:08}"}, ensure_ascii=False
            )
            for number in range(NOTICES)
        ]
    )
    return lambda: engine.compile(sys_inputs={"data": next(payloads)}, **options)
