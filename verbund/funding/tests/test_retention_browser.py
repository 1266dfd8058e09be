"""A deletion run in a real browser: chosen, previewed, answered by the archive, approved by another person."""

import pytest

from tests.support.cast import member
from verbund.accounts.roles import Role
from verbund.funding.models import RetentionRun
from verbund.funding.tests import closed_files, story

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.usefixtures("reference")
def test_two_persons_and_the_archive_let_a_file_be_deleted_and_its_page_says_so(site):
    cast = story.people()
    held, gone = (closed_files.withdrawn(cast, year, on=closed_files.LONG_AGO) for year in (2024, 2025))
    officer, approver = member(Role.GRANT_OFFICER), member(Role.GRANT_APPROVER)

    page = site.open("/foerderung/aufbewahrung/", member=officer)
    for application in (held, gone):
        page.get_by_role("checkbox", name=str(application.call)).check()
    page.get_by_role("button", name="Ausgewählte für einen Löschlauf ansehen").click()
    assert page.get_by_text("Hochgeladene Unterlagen: 5").count() == 2
    site.look_at(page.url.removeprefix(site.url), "loeschlauf-vorschlag", member=officer)
    page.get_by_role("button", name="Löschlauf vorschlagen").click()
    page.get_by_role("link", name="Antwort des Archivs festhalten").click()
    page.get_by_label("Zeichen oder Vermerk").fill("LAV 1/35")
    page.get_by_role("checkbox", name=str(gone.call)).check()
    site.look_at(page.url.removeprefix(site.url), "loeschlauf-archiv", member=officer)
    page.get_by_role("button", name="Festhalten").click()
    run = RetentionRun.objects.get()
    with page.expect_download() as copy:
        page.get_by_role("button", name="Kopie für das Archiv (ZIP)").click()
    assert copy.value.suggested_filename == f"archiv-loeschlauf-{run.pk}.zip"
    page.get_by_role("link", name="Übergabe festhalten").click()
    page.get_by_role("button", name="Festhalten").click()
    closed_files.hold(held, cast)

    second = site.open(run.get_absolute_url(), member=approver)
    second.get_by_role("link", name="Löschung freigeben").click()
    site.look_at(second.url.removeprefix(site.url), "loeschlauf-freigabe", member=approver)
    second.get_by_role("checkbox", name="Ich habe die Akten").check()
    second.get_by_role("button", name="Freigeben und löschen").click()
    second.get_by_text("2 von 2 bearbeitet: 1 gelöscht, 1 nicht gelöscht.").wait_for()
    assert second.get_by_text("Löschsperre: Anfrage des Landtags").count() == 1
    second.get_by_role("link", name=str(gone)).click()
    second.get_by_text("gelöscht.", exact=False).first.wait_for()
    assert second.url.endswith("/geloescht/")

    site.look_at("/foerderung/aufbewahrung/", "aufbewahrung-mit-lauf", member=officer)
    site.look_at(run.get_absolute_url(), "loeschlauf", member=approver)
    site.look_at(second.url.removeprefix(site.url), "geloeschte-akte", member=approver)
