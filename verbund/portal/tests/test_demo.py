"""The demonstration world: loaded and removed with one command, accounts for scripts, words for isolation tests."""

import io
import json

import pytest
from django.apps import apps
from django.core.management import call_command
from django.test import Client

from verbund.accounts.models import User
from verbund.accounts.roles import Role
from verbund.core.demo_guard import demo_world_is_loaded
from verbund.core.privacy import places_naming
from verbund.directory.demo import MADE_UP, MAIL_DOMAIN
from verbund.directory.models import Membership, Organisation
from verbund.portal import demo

MECHANISMS = {"core", "sessions", "contenttypes"}
DRAWN = {"offers.ShownVersion"}
"""Numbers by which pages notice a change: they say nothing, and one that was drawn stays."""


def accounts() -> list[dict]:
    written = io.StringIO()
    call_command("demo", "accounts", "--json", stdout=written)
    return json.loads(written.getvalue())


def rows() -> dict[str, set]:
    """Return the keys of all records of the domain, by model."""
    ours = [model for model in apps.get_models() if model._meta.app_label not in MECHANISMS]
    kept = [model for model in ours if model._meta.label not in DRAWN]
    return {model._meta.label: set(model._base_manager.values_list("pk", flat=True)) for model in kept}


@pytest.fixture
def world(db):
    call_command("demo", "load", stdout=io.StringIO())


def organisations_of(role) -> set[str]:
    return {one["organisation"] for one in accounts() if one["role"] == role}


def test_there_are_two_centres_with_every_function_and_the_bodies_they_deal_with(world):
    of_centres = {Role.CENTRE_LEAD, Role.CENTRE_STAFF, Role.CASE_TEAM, Role.PRESS_OFFICER}
    assert all(len(organisations_of(role)) >= 2 for role in of_centres | {Role.SIGNATORY, Role.TREASURY})
    assert len(organisations_of(Role.PROVIDER_MEMBER)) == 2
    assert len(organisations_of(Role.MINISTRY_APPROVER)) == 2
    roles = [one["role"] for one in accounts()]
    assert set(roles) == {role.value for role in Role}
    assert all(
        roles.count(role) >= 2 for role in (Role.GRANT_OFFICER, Role.GRANT_APPROVER, Role.CASHIER, Role.OPERATOR)
    )


def test_every_account_signs_in_with_its_password_on_this_machine(world):
    for one in accounts():
        response = Client().post("/anmelden/", {"login": one["username"], "password": one["password"]})
        assert response["Location"] == "/aufgaben/", one


def test_loading_twice_changes_nothing(world):
    before = rows()
    call_command("demo", "load", stdout=io.StringIO())
    assert rows() == before


def test_removal_leaves_nothing_made_up(db):
    before = rows()
    demo.load()
    demo.remove()
    assert not demo_world_is_loaded()
    assert not made_up(before)
    assert not User.objects.filter(email__endswith=MAIL_DOMAIN).exists()
    assert not User.objects.filter(is_active=True).exists()


def made_up(before) -> dict[str, list]:
    """Return the records that have come since, without the real ones and the nameless rows of closed accounts."""
    found = {}
    for model in (model for model in apps.get_models() if model._meta.label in before):
        new = model._base_manager.exclude(pk__in=before[model._meta.label])
        real = [row for row in new if getattr(row, "is_demo", True) is False]
        if left := [str(row) for row in new if row not in real]:
            found[model._meta.label] = left
    return found


def test_an_account_with_acts_in_the_trail_stays_without_a_name_and_the_trail_verifies(world, client_of):
    lead = Membership.objects.get(user__email=f"leitung.solingen{MAIL_DOMAIN}")
    staff = Membership.objects.get(user__email=f"fachkraft.solingen{MAIL_DOMAIN}")
    given = {"deputy": staff.user_id, "valid_from": "01.01.2050", "valid_until": "02.01.2050"}
    assert client_of(lead).post(f"/team/mitgliedschaften/{lead.pk}/vertretung/", given).status_code == 302
    demo.remove()
    stub = User.objects.get(pk=lead.user_id)
    assert (stub.is_active, stub.is_demo, stub.password) == (False, False, "")
    assert "Leitung KI" not in stub.display_name
    assert not places_naming(f"leitung.solingen{MAIL_DOMAIN}", "Leitung KI Solingen")
    call_command("audit", "verify", stdout=io.StringIO())


def test_a_real_account_and_its_function_survive_the_removal(world, member):
    real = member(Role.CENTRE_LEAD)
    demo.remove()
    assert set(Membership.objects.values_list("pk", flat=True)) == {real.pk}
    assert real.organisation in Organisation.objects.all()


def test_in_production_nothing_is_loaded(db, settings):
    settings.IS_PRODUCTION = True
    with pytest.raises(demo.NotHere):
        demo.load()
    assert not demo_world_is_loaded()


def test_without_a_world_there_is_nothing_to_remove(db):
    with pytest.raises(demo.NothingLoaded):
        demo.remove()


def test_each_organisation_and_kind_of_data_has_a_word_of_its_own(db, tmp_path):
    demo.load(canaries=tmp_path / "words.json")
    words = json.loads((tmp_path / "words.json").read_text())
    assert len({one["word"] for one in words}) == len(words)
    assert len({(one["organisation_code"], one["kind"]) for one in words}) == len(words)
    by_place = {(one["organisation_code"], one["kind"]): one["word"] for one in words}
    for code, _kind, name, _parent in MADE_UP:
        assert Organisation.objects.get(code=code).name == f"{name} {by_place[code, 'directory.Organisation']}"
    lead = User.objects.get(email=f"leitung.solingen{MAIL_DOMAIN}")
    assert by_place["KI-05122", "accounts.User"] in lead.display_name


def test_words_leave_real_records_alone(db, tmp_path):
    before = list(Organisation.objects.filter(is_demo=False).values_list("pk", "name"))
    demo.load(canaries=tmp_path / "words.json")
    assert list(Organisation.objects.filter(pk__in=[pk for pk, _name in before]).values_list("pk", "name")) == before


def test_words_need_a_world_made_anew(world, tmp_path):
    with pytest.raises(demo.AlreadyLoaded):
        demo.load(canaries=tmp_path / "words.json")
    assert not (tmp_path / "words.json").exists()


def test_what_is_made_up_says_so(world):
    names = Organisation.objects.filter(is_demo=True).values_list("name", flat=True)
    assert len(names) > len(MADE_UP)
    assert all("(Vorführung)" in name for name in names)
