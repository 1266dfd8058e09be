"""Publishers and what they write, for the tests of their pages."""

import re
from datetime import date

from django.urls import reverse

from tests.support import cast
from verbund.accounts.roles import Role
from verbund.directory.models import PublisherPage
from verbund.directory.publishing import operations, queries

Kind = PublisherPage.Kind
PROVIDER = [("Anbieter", "Stadt Solingen\nRathausplatz 1"), ("Kontakt", "Telefon 0212 290-0")]
SOLINGEN = "/herausgeber/TR-05122/impressum/"
EDITORS_OF_A_CARRIER = {Role.CENTRE_LEAD, Role.SIGNATORY}


def typed(*sections, version=0, **more) -> dict:
    """Return what a browser sends: sections as (heading, text) or (heading, text, place), removed ones by `more`."""
    sent = {"version": version, "abschnitt-TOTAL_FORMS": len(sections), "abschnitt-INITIAL_FORMS": len(sections)}
    for number, (heading, text, *place) in enumerate(sections):
        sent |= {f"abschnitt-{number}-heading": heading, f"abschnitt-{number}-text": text}
        sent[f"abschnitt-{number}-position"] = place[0] if place else number + 1
    return sent | more


def address(publisher, kind=Kind.IMPRINT, act="edit") -> str:
    return reverse(f"directory:publisher-page-{act}", args=[publisher.pk, kind])


def published(publisher, kind=Kind.IMPRINT) -> list[tuple[str, str]]:
    return queries.sections_of(queries.page_of(publisher, kind))


def publish(publisher, member, sections=PROVIDER, *, kind=Kind.IMPRINT, seen=0, on=date(2026, 11, 20)):
    return operations.write_page(publisher, kind, sections=sections, seen=seen, on=on, actor=cast.acting(member))


def main_of(response) -> str:
    return re.search(r"<main.*</main>", response.content.decode(), re.DOTALL)[0]
