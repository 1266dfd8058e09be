"""Every verb an app records reads as German on the screen."""

import ast
from importlib import import_module
from pathlib import Path

import verbund
from verbund.core.audit.reading import SENTENCES


def calls_in(path: Path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def verbs_recorded() -> dict[str, str]:
    """Return each verb that stands in an `audit.record(…)` or as a move of a `Lifecycle`, and the file it stands in."""
    found = {}
    folder = Path(verbund.__file__).parent
    for path in sorted(folder.rglob("*.py")):
        if "tests" in path.parts:
            continue
        for call in calls_in(path):
            name = ast.unparse(call.func)
            if name == "audit.record" and call.args and isinstance(call.args[0], ast.Constant):
                found[call.args[0].value] = str(path.relative_to(folder))
            elif name == "Lifecycle":
                moves = {word.arg for word in call.keywords if word.arg not in {None, "field"}}
                found |= dict.fromkeys(moves, str(path.relative_to(folder)))
    return found


def test_every_verb_that_is_recorded_has_a_german_sentence():
    import_module("config.urls")
    described = {verb for _model, verb in SENTENCES}
    assert {verb: path for verb, path in verbs_recorded().items() if verb not in described} == {}
