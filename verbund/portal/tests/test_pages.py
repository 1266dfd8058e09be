"""Home page, work list, imprint and the component page, as people open them."""

import gzip
import re
from datetime import date

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.urls import reverse

from verbund.accounts.roles import Role
from verbund.core.acting import ANONYMOUS, Actor
from verbund.core.models import InboxMessage
from verbund.core.worklist import Task
from verbund.portal import navigation, worklist

PUBLIC_PAGES = ["portal:home", "directory:imprint", "directory:privacy", "directory:accessibility"]
MONDAY = date(2026, 11, 16)
MOST_BYTES = 100 * 1024


@pytest.mark.django_db
@pytest.mark.parametrize("page", PUBLIC_PAGES)
def test_a_visitor_reads_the_public_pages_without_account_and_without_cookies(client, page):
    answer = client.get(reverse(page))

    assert answer.status_code == 200
    assert not answer.cookies


@pytest.mark.django_db
@pytest.mark.parametrize("page", PUBLIC_PAGES)
def test_a_public_page_with_all_its_files_weighs_at_most_100_kib(client, page):
    content = client.get(reverse(page)).content
    names = re.findall(rf'(?:href|src)="{settings.STATIC_URL}([^"]+)"', content.decode())
    files = [open(finders.find(name), "rb").read() for name in names]  # noqa: SIM115

    assert "core/base.css" in names
    assert not [name for name in names if "fira-sans" in name]
    assert sum(len(gzip.compress(file)) for file in [content, *files]) <= MOST_BYTES


@pytest.mark.django_db
def test_the_imprint_names_whose_data_is_shown(client):
    page = client.get(reverse("directory:imprint")).content.decode()

    assert "GeoBasis-DE / BKG" in page
    assert "ODbL 1.0" in page


def test_the_work_list_asks_for_sign_in(client, db):
    assert client.get(reverse("portal:worklist")).status_code == 302


def test_an_empty_work_list_says_so_and_shows_where_to_go(client_of, member):
    page = client_of(member(Role.AUDITOR)).get(reverse("portal:worklist")).content.decode()

    assert "Zurzeit wartet nichts auf Sie." in page


def test_whoever_has_signed_in_lands_on_the_work_list(client_of, member):
    answer = client_of(member(Role.CENTRE_LEAD)).get(reverse("portal:home"))

    assert answer["Location"] == reverse("portal:worklist")


def test_tasks_are_overdue_due_this_week_or_later():
    def task(due_on):
        return Task(title="Mitzeichnen", subject="Antrag 2023", url="/", due_on=due_on)

    days = [date(2026, 11, 15), MONDAY, date(2026, 11, 22), date(2026, 11, 23), None]
    groups = worklist.grouped([task(day) for day in days], MONDAY)

    assert [(group.title, [task.due_on for task in group.tasks]) for group in groups] == [
        ("Überfällig", days[:1]),
        ("Diese Woche", days[1:3]),
        ("Später", days[3:]),
    ]


def test_groups_without_tasks_are_left_out():
    assert worklist.grouped([], MONDAY) == []


@pytest.mark.parametrize("role", Role.values)
def test_nobody_has_more_than_seven_entries_in_the_navigation(role):
    entries = navigation.links(navigation.MAIN, actor=Actor(user=object(), label="", role=role), path="/aufgaben/")

    assert 1 <= len(entries) <= 7
    assert [entry.label for entry in entries if entry.is_current] == ["Aufgaben"]


def test_a_visitor_finds_no_entry_that_needs_an_account():
    entries = navigation.links(navigation.MAIN, actor=ANONYMOUS, path="/")

    assert not {"Aufgaben", "Förderung", "Stellen", "Verwaltung"} & {str(entry.label) for entry in entries}


@pytest.mark.parametrize(("role", "status"), [(Role.OPERATOR, 200), (Role.CENTRE_LEAD, 403), (Role.AUDITOR, 403)])
def test_operators_see_the_component_page(client_of, member, role, status):
    assert client_of(member(role)).get(reverse("portal:components")).status_code == status


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_component_page_is_accessible(site, member, assert_accessible, scheme):
    page = site.open(reverse("portal:components"), member=member(Role.OPERATOR))
    page.emulate_media(color_scheme=scheme)

    assert_accessible(page)


def test_a_person_reads_only_their_own_messages_and_marks_them_read(client_of, member):
    mine, other = member(Role.CENTRE_LEAD), member(Role.CENTRE_STAFF)
    InboxMessage.objects.create(user=mine.user, key="a", text="Ihr Antrag ist eingegangen.", url="/aufgaben/")
    foreign = InboxMessage.objects.create(user=other.user, key="a", text="Nicht für Sie.")
    client = client_of(mine)

    page = client.get(reverse("portal:inbox")).content.decode()
    client.post(reverse("portal:inbox-read"))

    assert "Ihr Antrag ist eingegangen." in page
    assert "Nicht für Sie." not in page
    assert list(InboxMessage.objects.filter(read_at__isnull=True)) == [foreign]


@pytest.fixture
def demo_lead(member):
    lead = member(Role.CENTRE_LEAD)
    lead.user.is_demo = True
    lead.user.display_name = "Leitung KI Solingen"
    lead.user.save()
    return lead


def test_the_demonstration_offers_its_roles_on_this_machine_only(client, demo_lead):
    here = client.get(reverse("portal:demonstration"))
    elsewhere = client.get(reverse("portal:demonstration"), REMOTE_ADDR="203.0.113.7")

    assert here.status_code == 200
    assert "Leitung KI Solingen" in here.content.decode()
    assert elsewhere.status_code == 404
    assert "Leitung KI Solingen" not in elsewhere.content.decode()


@pytest.mark.parametrize("role", Role.values)
def test_every_way_the_page_head_offers_can_be_gone(client_of, member, acting, role):
    membership = member(role)
    client, actor = client_of(membership), acting(membership)
    entries = navigation.MAIN + navigation.PERSONAL + navigation.FOOTER
    ways = {link.url for link in navigation.links(entries, actor=actor, path="/")}
    ways |= {door.url for door in navigation.doors(actor)}

    assert {way: client.get(way).status_code for way in sorted(ways)} == dict.fromkeys(sorted(ways), 200)
