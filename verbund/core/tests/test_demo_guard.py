"""The demonstration's accounts sign in on this machine only, and never in production."""

import pytest
from django.contrib.auth import get_user_model

from verbund.core.demo_guard import DemoInProduction, is_demo_request, refuse_demo_in_production

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo_world():
    return get_user_model().objects.create_user("vorfuehrung@verbund.example", display_name="Leitung", is_demo=True)


def test_a_request_from_this_machine_is_one_of_the_demonstration(rf, demo_world):
    assert is_demo_request(rf.get("/")) is True


def test_without_the_demonstration_world_no_request_is(rf):
    get_user_model().objects.create_user("leitung@verbund.example", display_name="Leitung")
    assert is_demo_request(rf.get("/")) is False


@pytest.mark.parametrize(
    "header",
    ["forwarded", "x-forwarded-for", "x-forwarded-proto", "x-forwarded-host", "x-forwarded", "x-real-ip", "via"],
)
def test_a_forwarded_request_is_none(rf, demo_world, header):
    assert is_demo_request(rf.get("/", headers={header: "127.0.0.1"})) is False


@pytest.mark.parametrize("address", ["192.0.2.7", "10.0.0.1", "2001:db8::1", "", "localhost.evil.example"])
def test_a_request_from_elsewhere_is_none(rf, demo_world, address):
    assert is_demo_request(rf.get("/", REMOTE_ADDR=address)) is False
    assert is_demo_request(rf.get("/", REMOTE_ADDR="::1")) is True


@pytest.mark.parametrize(
    "change",
    [
        {"IS_PRODUCTION": True},
        {"BIND_ADDRESS": "0.0.0.0"},  # noqa: S104 - the refused case
        {"BIND_ADDRESS": "::"},
        {"BIND_ADDRESS": "192.0.2.7"},
        {"ALLOWED_HOSTS": ["localhost", "verbund.example"]},
        {"ALLOWED_HOSTS": ["*"]},
        {"ALLOWED_HOSTS": []},
    ],
)
def test_a_server_others_may_reach_has_no_demonstration(rf, demo_world, settings, change):
    for name, value in change.items():
        setattr(settings, name, value)
    assert is_demo_request(rf.get("/")) is False


def test_production_refuses_to_start_with_the_accounts_of_the_demonstration(settings, demo_world):
    refuse_demo_in_production()
    settings.IS_PRODUCTION = True
    with pytest.raises(DemoInProduction, match="verbund demo remove"):
        refuse_demo_in_production()
    demo_world.delete()
    refuse_demo_in_production()
