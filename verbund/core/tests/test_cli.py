"""The command `verbund`: words, exit status, one German sentence when it refuses."""

import pytest

from verbund import cli
from verbund.core.tests import program

GOOD_KEY = "tR9-vK2_mQ7xLp4ZsW8yBn3HcJ6dFg1AeUo5iTqY"
PRODUCTION = {"VERBUND_SECRET_KEY": GOOD_KEY, "VERBUND_HOSTS": "verbund.example"}


@pytest.mark.parametrize("words", [[], ["unbekannt"], ["runserver"], ["flush"], ["--port", "80"], ["createsuperuser"]])
def test_an_unknown_word_is_wrong_usage(words, capsys):
    assert cli.run(words) == 2
    written = capsys.readouterr()
    assert (written.out, written.err.splitlines()[0]) == ("", "Aufruf: verbund WORT …")


@pytest.mark.parametrize("word", sorted(cli.WORDS))
def test_every_word_of_the_contract_is_listed(word):
    assert f"verbund {word}" in cli.usage()


def test_asking_for_help_is_no_mistake(capsys):
    assert cli.run(["--help"]) == 0
    assert "verbund serve" in capsys.readouterr().out


@pytest.mark.parametrize("words", [["serve", "--port", "achttausend"], ["backup"], ["restore", "--unbekannt", "x"]])
def test_wrong_options_are_wrong_usage(words):
    with pytest.raises(SystemExit) as stopped:
        cli.run(words)
    assert stopped.value.code == 2


@pytest.mark.django_db
def test_a_refusal_is_one_sentence_and_status_one(tmp_path, capsys):
    assert cli.run(["restore", str(tmp_path / "gibt-es-nicht.zip")]) == 1
    written = capsys.readouterr()
    assert (written.out, len(written.err.splitlines())) == ("", 1)
    assert "gibt-es-nicht.zip gibt es nicht" in written.err


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"VERBUND_DEBUG": "1"}, "VERBUND_DEBUG"),
        ({"VERBUND_HOSTS": ""}, "VERBUND_HOSTS"),
        ({"VERBUND_SECRET_KEY": "zu-kurz"}, "VERBUND_SECRET_KEY"),
        ({"VERBUND_LOG": "xml"}, "VERBUND_LOG"),
    ],
)
def test_an_unsafe_production_start_is_refused_and_names_the_setting(change, named, tmp_path):
    refused = program.run("doctor", data_dir=tmp_path / "data", **(PRODUCTION | change))
    assert (refused.returncode, refused.stdout, len(refused.stderr.splitlines())) == (1, "", 1)
    assert named in refused.stderr


def test_a_production_start_with_a_data_directory_open_to_all_is_refused(tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data").chmod(0o755)
    refused = program.run("doctor", data_dir=tmp_path / "data", **PRODUCTION)
    assert (refused.returncode, "VERBUND_DATA_DIR" in refused.stderr) == (1, True)


def test_a_database_that_is_away_is_one_sentence(tmp_path):
    refused = program.run("migrate", data_dir=tmp_path / "data", DATABASE_URL="postgres://x@127.0.0.1:1/x")
    assert (refused.returncode, len(refused.stderr.splitlines())) == (1, 1)
    assert "Datenbank" in refused.stderr
