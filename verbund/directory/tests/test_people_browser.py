"""The pages of sign-in and people in a real browser: accessible, whole on a phone, and a way in from mail to work."""

import re
from datetime import date, timedelta

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.utils import timezone

from tests.support import browser as browsers
from tests.support import cast
from verbund.accounts.roles import Role
from verbund.core.dates import today
from verbund.core.models import OutboxMail
from verbund.directory.models import DeputyAppointment
from verbund.directory.people import operations

pytestmark = pytest.mark.django_db(transaction=True)
PASSWORD = "gelbes-fahrrad-am-hafen"


def invite(lead, email="neu@stadt.example"):
    values = {"email": email, "role": Role.CENTRE_STAFF, "valid_from": date(2026, 1, 1), "now": timezone.now()}
    return operations.invite_member(lead.organisation, **values, actor=cast.acting(lead))


def check(page, name):
    browsers.assert_accessible(page)
    browsers.picture(page, name)


def test_the_pages_of_people_are_accessible_on_screen_and_phone(site):
    lead, colleague, operator = (cast.member(role) for role in (Role.CENTRE_LEAD, Role.CENTRE_STAFF, Role.OPERATOR))
    cast.member(Role.COORDINATOR, user=lead.user)
    _invitation, token = invite(lead)
    DeputyAppointment.objects.create(
        principal=lead, deputy=colleague.user, valid_from=today(), valid_until=today() + timedelta(days=9)
    )
    pages = [
        ("/anmelden/", None, "anmelden"),
        ("/passwort/vergessen/", None, "passwort-vergessen"),
        (f"/einladung/{token}/", None, "einladung"),
        ("/einladung/gibt-es-nicht/", None, "einladung-vorbei"),
        ("/konto/", lead, "konto"),
        ("/konto/", colleague, "konto-vertretung"),
        ("/passwort/aendern/", lead, "passwort-aendern"),
        ("/team/", lead, "team"),
        ("/team/einladen/", lead, "einladen"),
        (f"/team/mitgliedschaften/{colleague.pk}/beenden/", lead, "beenden"),
        (f"/team/mitgliedschaften/{lead.pk}/vertretung/", lead, "vertretung"),
        ("/verwaltung/personen/", operator, "personen"),
    ]
    for path, member, name in pages:
        site.look_at(path, name, member=member)


def test_from_the_invitation_by_mail_to_the_own_work_list(site):
    invite(cast.member(Role.CENTRE_LEAD))
    path = re.search(r"http://[^/]+(/einladung/\S+)", OutboxMail.objects.get().body)[1]
    page = site.open(path)
    page.fill("input[name=display_name]", "Neue Fachkraft")
    page.fill("input[name=password]", PASSWORD)
    page.fill("input[name=password_again]", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url("**/konto/zweiter-faktor/einrichten/")
    check(page, "zweiter-faktor-einrichten")
    secret = page.inner_text("main code")
    page.fill("input[name=code]", format_hotp_value(hotp_value(secret, int(timezone.now().timestamp() // 30))))
    page.click("main form button[type=submit]")
    page.wait_for_url("**/notfallcodes/")
    check(page, "notfallcodes")
    page.click("main a.kern-btn--primary")
    page.wait_for_url("**/aufgaben/")
    assert "Fachkraft" in page.inner_text("header")


def test_what_was_typed_survives_a_session_that_ended(site):
    lead = cast.member(Role.CENTRE_LEAD)
    page = site.open("/team/einladen/", member=lead)
    page.fill("input[name=email]", "langsam@stadt.example")
    page.select_option("select[name=role]", Role.CENTRE_STAFF)
    page.context.clear_cookies(name="sessionid")
    page.click("main form button[type=submit]")
    assert "Ihre Angaben sind noch da." in page.inner_text("main")
    check(page, "sitzung-zu-ende")
    page.fill("input[name=login]", lead.user.email)
    page.fill("input[name=password]", cast.PASSWORD)
    page.click("main form button[type=submit]")
    page.wait_for_url("**/konto/zweiter-faktor/einrichten/")
