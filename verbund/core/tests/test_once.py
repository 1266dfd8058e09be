"""A form sent twice acts once."""

from functools import partial

import pytest

from verbund.accounts.roles import Role
from verbund.core.models import StoredFile, UsedToken

pytestmark = [pytest.mark.postgres, pytest.mark.django_db, pytest.mark.urls("verbund.core.tests.addresses")]

TOKEN = "0123456789abcdef" * 2
ADDRESS = "/probe/behalten/"


def form(content: str = "Text", token: str = TOKEN) -> dict:
    return {"content": content, "_once": token}


def test_the_second_post_gets_the_answer_of_the_first(client_of):
    client = client_of()

    first, second = client.post(ADDRESS, form()), client.post(ADDRESS, form())

    assert (first.status_code, second.status_code) == (302, 302)
    assert first["Location"] == second["Location"]
    assert StoredFile.objects.count() == 1


def test_a_form_with_errors_may_be_sent_again(client_of):
    client = client_of()

    assert client.post(ADDRESS, form("")).status_code == 422
    assert client.post(ADDRESS, form("Text")).status_code == 302
    assert StoredFile.objects.count() == 1


def test_who_goes_back_and_sends_something_else_has_not_typed_in_vain(client_of):
    client = client_of()
    client.post(ADDRESS, form())
    client.post(ADDRESS, form("anderer Text"))

    assert StoredFile.objects.count() == 2


def test_another_form_acts_again(client_of):
    client = client_of()
    client.post(ADDRESS, form())
    client.post(ADDRESS, form(token="f" * 32))

    assert StoredFile.objects.count() == 2


def test_the_token_of_one_person_does_not_stop_another(client_of, member):
    clients = [client_of(member(Role.CENTRE_LEAD)), client_of(member(Role.CENTRE_STAFF))]

    answers = [client.post(ADDRESS, form()) for client in clients]

    assert answers[0]["Location"] != answers[1]["Location"]
    assert StoredFile.objects.count() == 2


@pytest.mark.parametrize("token", ["", "kurz", "g" * 32, "0" * 5000, "0" * 31 + "\x00"])
def test_a_made_up_token_is_no_token(client_of, token):
    client = client_of()
    client.post(ADDRESS, form(token=token))
    client.post(ADDRESS, form(token=token))

    assert StoredFile.objects.count() == 2
    assert UsedToken.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_two_posts_in_the_same_instant_act_once(client_of, at_the_same_time):
    for round_number in range(5):
        sent = form(token=f"{round_number:032x}")
        posts = [partial(client_of().post, ADDRESS, sent) for _thread in range(3)]

        answers = at_the_same_time(*posts)

        assert [answer.status_code for answer in answers] == [302, 302, 302]
        assert len({answer["Location"] for answer in answers}) == 1
        assert StoredFile.objects.count() == round_number + 1
