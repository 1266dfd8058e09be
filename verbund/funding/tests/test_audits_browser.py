"""Audits, open data and retention in a real browser: accessible on screen and phone, in the light and in the dark."""

from datetime import date, timedelta

import pytest

from tests.support import browser as browsers
from tests.support.cast import centre, member
from verbund.accounts.roles import Role
from verbund.core.dates import today
from verbund.funding import operations
from verbund.funding.models import AuditMandate
from verbund.funding.tests import story

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.usefixtures("reference")
def test_a_signatory_opens_a_file_an_auditor_reads_it_and_the_log_says_so(site):
    cast = story.people()
    notice = story.final(story.call_for(2023), cast, amount="193500", on=date(2023, 4, 17))
    operations.set_hold(notice.application, reason="Anfrage des Landtags", actor=cast.officer)
    signatory, operator = member(Role.SIGNATORY), member(Role.OPERATOR)
    auditor = member(Role.AUDITOR, centre().carrier.organisation)

    page = site.open("/foerderung/pruefungen/neu/", member=signatory)
    page.get_by_label("Wer prüft").select_option(str(auditor.pk))
    page.get_by_label("lesen bis").fill((today() + timedelta(days=30)).isoformat())
    page.get_by_label("Aktenzeichen der Prüfung").fill("14/2023-7")
    page.get_by_label("Anlass der Prüfung").fill("Jahresprüfung")
    browsers.picture(page, "pruefung-neu")
    page.get_by_role("button", name="Zugang geben").click()
    mandate = AuditMandate.objects.get()

    read = site.open(mandate.get_absolute_url(), member=auditor)
    read.get_by_role("link", name="Solingen").first.click()
    read.get_by_role("link", name="193.500,00").click()
    log = site.open(mandate.get_absolute_url(), member=signatory)
    assert log.get_by_role("row", name=f"Bescheid {notice}").count() == 1

    pages = [
        ("/foerderung/pruefungen/", auditor, "meine-pruefungen"),
        (mandate.get_absolute_url(), signatory, "pruefung"),
        ("/foerderung/offene-daten/", None, "offene-daten"),
        ("/foerderung/aufbewahrung/", operator, "aufbewahrung"),
        ("/foerderung/regeln/aufbewahrung/", operator, "regeln"),
    ]
    for path, person, name in pages:
        site.look_at(path, name, member=person)
