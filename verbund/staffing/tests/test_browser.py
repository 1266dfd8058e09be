"""The pages of teacher posts in a real browser: accessible, and whole on a phone."""

import pytest

from tests.support import cast as cast_of
from verbund.accounts.roles import Role
from verbund.core.dates import today
from verbund.staffing import operations
from verbund.staffing.tests import story

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_pages_of_teacher_posts_are_accessible_on_screen_and_phone(site, reference):
    cast = story.people()
    request = story.confirmed(cast, year=today().year)
    story.seconded(request, cast, share="0.5")
    wrong = story.seconded(request, cast, label="Lehrkraft 2")
    operations.cancel_secondment(wrong, end_reason="Doppelt eingetragen", actor=cast.lead)
    waiting = story.requested(story.people("05978"), key="05978", year=today().year)
    lead, ministry = cast_of.member(Role.CENTRE_LEAD), story.at_school_ministry()
    pages = [
        ("/stellen/", lead, "stellen-zentrum"),
        ("/stellen/", ministry, "stellen-ministerium"),
        ("/stellen/anforderungen/neu/", lead, "stellen-anfordern"),
        (request.get_absolute_url(), lead, "stellen-bestaetigt"),
        (f"{request.get_absolute_url()}abordnung/", lead, "stellen-abordnung"),
        (waiting.get_absolute_url(), ministry, "stellen-entscheiden"),
        (f"{waiting.get_absolute_url()}bestaetigen/", ministry, "stellen-bestaetigen"),
    ]
    for path, member, name in pages:
        site.look_at(path, name, member=member)
