"""A wrong setting stops the start with a sentence that names it."""

import stat

import pytest

from config import env

GOOD_KEY = "tR9-vK2_mQ7xLp4ZsW8yBn3HcJ6dFg1AeUo5iTqY"


@pytest.fixture
def setting(monkeypatch):
    def set_value(name, value):
        monkeypatch.setenv(name, value)

    return set_value


def refusal(read) -> str:
    with pytest.raises(env.WrongSetting) as stopped:
        read()
    return str(stopped.value)


def test_a_flag_is_one_or_zero(setting):
    assert env.flag("VERBUND_HTTPS") is False
    setting("VERBUND_HTTPS", "ja")
    assert env.flag("VERBUND_HTTPS") is True
    setting("VERBUND_HTTPS", "vielleicht")
    assert "VERBUND_HTTPS" in refusal(lambda: env.flag("VERBUND_HTTPS"))


@pytest.mark.parametrize("value", ["0", "65", "-1", "zwei", "2.5", "²"])
def test_a_number_outside_its_range_or_none_is_refused(setting, value):
    setting("VERBUND_WORKERS", value)
    assert "VERBUND_WORKERS" in refusal(lambda: env.number("VERBUND_WORKERS", 2, least=1, most=64))


@pytest.mark.parametrize("key", ["kurz", "a" * 60, "django-insecure-" + GOOD_KEY])
def test_a_key_that_can_be_guessed_is_refused(setting, tmp_path, key):
    setting("VERBUND_SECRET_KEY", key)
    assert "VERBUND_SECRET_KEY" in refusal(lambda: env.secret_key(tmp_path))


def test_without_a_key_one_is_made_once_for_the_owner_alone(setting, tmp_path):
    setting("VERBUND_SECRET_KEY", "")
    key, is_production = env.secret_key(tmp_path)
    assert (env.secret_key(tmp_path), is_production) == ((key, False), False)
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["secret_key"]


def test_the_key_of_the_demonstration_is_no_key_for_production(setting, tmp_path):
    setting("VERBUND_SECRET_KEY", "")
    key, _is_production = env.secret_key(tmp_path)
    setting("VERBUND_SECRET_KEY", key)
    assert "Vorführung" in refusal(lambda: env.secret_key(tmp_path))
    setting("VERBUND_SECRET_KEY", GOOD_KEY)
    assert env.secret_key(tmp_path) == (GOOD_KEY, True)


def test_production_names_its_hosts(setting):
    setting("VERBUND_HOSTS", "")
    assert env.hosts(is_production=False) == ["localhost", "127.0.0.1", "[::1]"]
    assert "VERBUND_HOSTS" in refusal(lambda: env.hosts(is_production=True))
    setting("VERBUND_HOSTS", "verbund.example,*")
    assert "VERBUND_HOSTS" in refusal(lambda: env.hosts(is_production=True))
    setting("VERBUND_HOSTS", "verbund.example, www.verbund.example")
    assert env.hosts(is_production=True) == ["verbund.example", "www.verbund.example"]


def test_production_refuses_files_that_everybody_may_read(tmp_path):
    tmp_path.chmod(0o750)
    env.refuse_open_to_all(tmp_path)
    (tmp_path / "secret_key").write_text("geheim")
    (tmp_path / "secret_key").chmod(0o644)
    assert "secret_key" in refusal(lambda: env.refuse_open_to_all(tmp_path))
    (tmp_path / "secret_key").chmod(0o600)
    tmp_path.chmod(0o755)
    assert "VERBUND_DATA_DIR" in refusal(lambda: env.refuse_open_to_all(tmp_path))


@pytest.mark.parametrize("address", ["mysql://a@b/c", "postgres://a@b", "/tmp/x.sqlite3"])  # noqa: S108 - refused
def test_a_database_address_of_another_form_is_refused(setting, tmp_path, address):
    setting("DATABASE_URL", address)
    assert "DATABASE_URL" in refusal(lambda: env.database(tmp_path))


def test_a_database_address_may_carry_odd_characters(setting, tmp_path):
    setting("DATABASE_URL", "postgres://verbund:p%40ss%2Fwort@db.example:5433/verbund")
    database = env.database(tmp_path)
    assert (database["USER"], database["PASSWORD"], database["HOST"]) == ("verbund", "p@ss/wort", "db.example")
    assert (database["PORT"], database["NAME"]) == ("5433", "verbund")


def test_mail_security_is_one_of_three_and_chooses_the_port(setting):
    setting("VERBUND_MAIL_SECURITY", "starttls")
    assert (env.mailer()["OPTIONS"]["port"], env.mailer()["OPTIONS"]["use_tls"]) == (587, True)
    setting("VERBUND_MAIL_SECURITY", "egal")
    assert "VERBUND_MAIL_SECURITY" in refusal(env.mailer)
