"""The entrance: who finds which rooms, and that a partner finds only what its house takes part in."""

import pytest

from verbund.accounts.roles import Role

pytestmark = pytest.mark.django_db


def test_a_partner_finds_ventures_and_no_work_and_no_numbers_of_centres(member, client_of):
    partner = client_of(member(Role.PROVIDER_MEMBER))
    shown = partner.get("/beratung/").text

    assert 'href="/beratung/vorhaben/"' in shown
    for room in ("netzwerke", "zahlen", "ueberblick", "begleitung"):
        assert f'href="/beratung/{room}/"' not in shown
        assert partner.get(f"/beratung/{room}/").status_code == 403


@pytest.mark.parametrize("role", [Role.CENTRE_STAFF, Role.COORDINATOR, Role.MINISTRY_READER])
def test_whoever_finds_a_room_may_enter_it(role, member, client_of):
    client = client_of(member(role))
    rooms = {part.split('"')[0] for part in client.get("/beratung/").text.split('href="')[1:]}
    inside = sorted(room for room in rooms if room.startswith("/beratung/") and room != "/beratung/")

    assert "/beratung/zahlen/" in inside
    assert [client.get(room).status_code for room in inside] == [200] * len(inside)
