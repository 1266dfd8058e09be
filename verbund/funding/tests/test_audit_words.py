"""Every act of funding has a sentence in the history, and every person it names is declared."""

import ast
from pathlib import Path

import pytest
from django.apps import apps

from verbund.core import privacy
from verbund.core.audit import sentence_for
from verbund.core.audit.reading import SENTENCES
from verbund.funding import lifecycle, models, operations

MOVES = [
    (lifecycle.CALL, models.Call),
    (lifecycle.APPLICATION, models.GrantApplication),
    (lifecycle.DECISION, models.Decision),
    (lifecycle.NOTICE, models.GrantNotice),
    (lifecycle.DRAWDOWN, models.Drawdown),
    (lifecycle.ACCOUNT, models.RecipientAccount),
    (lifecycle.INFORMATION_REQUEST, models.InformationRequest),
]


@pytest.mark.parametrize(
    ("move", "model"), [(move, model) for table, model in MOVES for move in table.moves], ids=lambda part: str(part)
)
def test_every_move_has_a_german_sentence(move, model):
    assert sentence_for(move, model._meta.label) != move.replace("_", " ")


def recorded_verbs() -> set[str]:
    """Return the verbs the operations give to `audit.record`, read from their source."""
    verbs = set()
    for file in Path(operations.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "record":
                verbs.add(node.args[0].value)
    return verbs


def test_every_recorded_verb_has_a_german_sentence():
    described = {verb for _model, verb in SENTENCES}
    assert len(recorded_verbs()) >= 15
    assert recorded_verbs() - described == set()


def test_every_model_of_funding_says_what_it_holds_about_persons():
    assert [one for one in apps.get_app_config("funding").get_models() if not privacy.declaration_of(one)] == []
