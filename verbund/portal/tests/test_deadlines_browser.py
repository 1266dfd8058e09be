"""The pages of deadlines, absence and handing over in a real browser: accessible, and whole on a phone."""

from datetime import timedelta

import pytest

from tests.support import cast as cast_of
from verbund.accounts.roles import Role
from verbund.core import deadlines
from verbund.core.dates import add_months, next_working_day, today
from verbund.directory.models import DeputyAppointment
from verbund.funding import operations
from verbund.funding.tests import story

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_pages_of_deadlines_are_accessible_on_screen_and_phone(site):
    cast, on = story.people(), today()
    year, begin = on.year + 1, on - timedelta(days=40)
    call = story.call_for(year, opens_on=begin, closes_on=on + timedelta(days=30), actor=cast.officer)
    application = story.reviewed(call, cast, on=begin)
    question = operations.request_information(
        application, text="Bitte den Beschluss", due_on=on - timedelta(days=12), on=begin, actor=cast.officer
    )
    deadline = deadlines.deadlines_of(question).get()
    until = next_working_day(deadline.ends_on + timedelta(days=3))
    deadlines.extend(deadline, until=until, reason="Ratssitzung verschoben", on=begin, actor=cast.officer)
    officer, approver = cast_of.member(Role.GRANT_OFFICER), cast_of.member(Role.GRANT_APPROVER)
    DeputyAppointment.objects.create(
        principal_id=cast.officer.membership_id, deputy=officer.user, valid_from=on, valid_until=add_months(on, 1)
    )
    held = f"/team/mitgliedschaften/{cast.officer.membership_id}/aufgaben-uebergeben/"
    pages = [
        ("/fristen/", officer, "fristen"),
        (f"/fristen/{deadline.pk}/", officer, "frist"),
        (f"/fristen/{deadline.pk}/verlaengern/", officer, "frist-verlaengern"),
        ("/aufgaben/", officer, "aufgaben-vertretung"),
        ("/konto/abwesenheit/", officer, "abwesenheit"),
        (f"{held}?to={officer.user_id}", approver, "uebergeben"),
        ("/foerderung/erinnerungen/", cast_of.member(Role.OPERATOR), "erinnerungen"),
    ]
    for path, member, name in pages:
        site.look_at(path, name, member=member)
