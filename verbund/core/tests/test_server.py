"""`verbund serve` as an operator meets it: one start, a kill, a second start, a graceful end."""

import os
import signal
import socket
import sqlite3

import pytest

from tests.support import schema
from verbund.core import server
from verbund.core.errors import DomainError
from verbund.core.tests import program

pytestmark = pytest.mark.xdist_group("server")


def rows(data_dir, question: str) -> list:
    with sqlite3.connect(data_dir / "verbund.sqlite3") as database:
        return database.execute(question).fetchall()


def test_a_killed_server_leaves_nothing_running_and_a_second_start_finds_everything(tmp_path):
    data_dir = tmp_path / "data"
    with program.Server(data_dir) as first:
        family = first.family()
        assert len(family) >= 4  # this process, two web workers, the clock
        with sqlite3.connect(data_dir / "verbund.sqlite3", timeout=20) as database:
            database.execute("PRAGMA synchronous=FULL")
            database.execute("INSERT INTO core_holiday VALUES ('2099-01-01', 'Probe', 'Test')")
        os.kill(first.process.pid, signal.SIGKILL)
    with program.Server(data_dir, port=first.port) as second:
        assert not any(program.is_running(pid) for pid in family)
        assert rows(data_dir, "SELECT name FROM core_holiday WHERE day = '2099-01-01'") == [("Probe",)]
        assert second.status("/healthz") == 200
        taken = program.run("serve", "--port", str(second.port), data_dir=data_dir)
        assert (taken.returncode, taken.stderr.count("\n")) == (1, 1)
        assert f"Port {second.port} ist schon belegt" in taken.stderr
        family = second.family()
        assert second.stop() == 0
        assert not any(program.is_running(pid) for pid in family)
    said = data_dir.with_suffix(".log").read_text()
    assert said.count("Datenbank wird eingerichtet") == 1
    assert said.count("Gestaltung wird zusammengestellt") == 1
    assert said.count("Verbund ist beendet.") == 1
    assert rows(data_dir, "SELECT holder FROM core_workerlease") == [("",)]
    assert (data_dir / "verbund.sqlite3").stat().st_mode & 0o077 == 0


def test_a_process_that_dies_is_started_again_with_a_word(tmp_path):
    schema.copy_to(tmp_path / "data" / "verbund.sqlite3")
    with program.Server(tmp_path / "data") as running:
        running.wait_until(lambda: rows(tmp_path / "data", "SELECT holder FROM core_workerlease WHERE holder <> ''"))
        [(holder,)] = rows(tmp_path / "data", "SELECT holder FROM core_workerlease")
        clock = int(holder.split(":")[1])
        os.kill(clock, signal.SIGKILL)
        running.wait_until(lambda: "Hintergrunddienst ist ausgefallen" in running.output.read_text())
        running.wait_until(lambda: any(is_clock(pid) for pid in running.family() if pid != clock))
        while "Webdienst ist ausgefallen" not in running.output.read_text():
            kill_one_web_process(running)
        running.wait_until(lambda: running.status("/readyz") == 200)
        assert running.stop() == 0


def kill_one_web_process(running: program.Server) -> None:
    web = [pid for pid in running.family() if pid != running.process.pid and not is_clock(pid)]
    running.wait_until(lambda: len(running.family()) >= 3)
    if web:
        os.kill(web[0], signal.SIGKILL)
        running.wait_until(lambda: not program.is_running(web[0]))


def is_clock(pid: int) -> bool:
    try:
        with open(f"/proc/{pid}/cmdline", "rb") as command:
            return b"\x00worker" in command.read()
    except OSError:
        return False


def test_a_port_somebody_listens_on_is_refused_and_a_free_one_is_not():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(server.PortTaken, match=f"Port {port} ist schon belegt"):
            server.check_port("127.0.0.1", port, patience=0)
    server.check_port("127.0.0.1", port, patience=0)


@pytest.mark.parametrize("address", ["192.0.2.1", "kein-rechner.invalid"])
def test_an_address_that_is_not_ours_is_refused_with_its_name(address):
    with pytest.raises(DomainError, match=address):
        server.check_port(address, 8000, patience=0)
