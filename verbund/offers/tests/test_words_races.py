"""Two people at the same time: of two who change the same words or text, the second is told."""

import pytest

from verbund.accounts.roles import Role
from verbund.core.dates import today
from verbund.core.versions import StaleVersion
from verbund.offers.models import OfferText, Synonym, Term
from verbund.offers.tests.finder_world import publish
from verbund.offers.words import operations

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("database", "reference"),
]


def test_the_same_word_is_taken_up_once(member, acting, at_the_same_time):
    actor, term = acting(member(Role.COORDINATOR)), Term.objects.get(code="meet-people")

    def take_up():
        return operations.add_synonym(term, "Kanufahren", language="de", actor=actor)

    results = at_the_same_time(take_up, take_up)
    assert sorted(type(one).__name__ for one in results) == ["AlreadyThere", "bool"]
    assert Synonym.objects.filter(word="Kanufahren").count() == 1


def test_of_two_corrections_of_a_text_one_is_kept_whole(member, acting, at_the_same_time):
    offer = publish(acting(member(Role.CENTRE_STAFF)))
    text = OfferText.objects.create(offer=offer, language_id="tr", title="Dil kahvesi", summary="", source_sha256="alt")
    actor = acting(member(Role.TRANSLATION_REVIEWER))
    text = OfferText.objects.select_related("offer").get(pk=text.pk)
    seen = operations.sign_of_text(text)

    def correct(title: str):
        said = dict.fromkeys(operations.TEXTS, "") | {"title": title, "summary": title}
        return lambda: operations.check_text(text, said, seen=seen, on=today(), actor=actor)

    results = at_the_same_time(correct("Bir"), correct("İki"))
    assert [type(one) for one in results].count(StaleVersion) == 1
    text.refresh_from_db()
    assert text.title == text.summary
    assert text.title in {"Bir", "İki"}
