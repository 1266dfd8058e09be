"""A throw-away PostgreSQL cluster: started by the first test that needs it, stopped when the run ends."""

import fcntl
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path

SECONDS_TO_START = 30
ADDRESS_FILE = "postgres.url"
FOLDER_FILE = "postgres.folder"


def binaries() -> Path | None:
    """Return the folder of the newest server found: Debian's place or PATH; None without one."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    if debian:
        return debian[-1].parent
    found = shutil.which("initdb")
    return Path(found).resolve().parent if found else None


def url(run_dir: Path) -> str:
    """Return the address of the cluster of this run; the first caller among its workers starts it."""
    address = run_dir / ADDRESS_FILE
    with (run_dir / "postgres.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not address.exists():
            address.write_text(_start(run_dir))
        return address.read_text()


def stop(run_dir: Path) -> None:
    """Stop the cluster of a run, if it started one, and remove its folder."""
    note = run_dir / FOLDER_FILE
    if not note.exists():
        return
    folder = Path(note.read_text())
    try:
        pid = int((folder / "data" / "postmaster.pid").read_text().split()[0])
        if str(folder) in Path(f"/proc/{pid}/cmdline").read_text():
            os.kill(pid, signal.SIGINT)
            _wait_until(lambda: not Path(f"/proc/{pid}").exists() or _is_zombie(pid))
    except (OSError, ValueError, TimeoutError):
        pass  # it was not running any more
    shutil.rmtree(folder, ignore_errors=True)


def _start(run_dir: Path) -> str:
    """Make a cluster and start its server. It refuses to run as root, so root lends it another user."""
    program = binaries()
    folder = Path(tempfile.mkdtemp(prefix="verbund-postgres-"))
    (run_dir / FOLDER_FILE).write_text(str(folder))
    identity: dict = {}
    if os.geteuid() == 0:
        user = _other_user()
        os.chown(folder, user.pw_uid, user.pw_gid)
        identity = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    options = {"cwd": folder, "env": {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}, **identity}
    subprocess.run(
        [
            program / "initdb",
            "-D",
            folder / "data",
            "-U",
            "verbund",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
            "-N",
        ],
        check=True,
        stdout=subprocess.DEVNULL,
        **options,
    )
    port = _free_port()
    settings = {
        "listen_addresses": "127.0.0.1",
        "port": port,
        "unix_socket_directories": "",
        "fsync": "off",
        "full_page_writes": "off",
        "synchronous_commit": "off",
    }
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(
            [program / "postgres", "-D", folder / "data", *(f"--{name}={value}" for name, value in settings.items())],
            stdout=log,
            stderr=log,
            start_new_session=True,
            **options,
        )
    try:
        _wait_until(lambda: server.poll() is not None or _accepts(port))
    except TimeoutError:
        server.kill()
    if server.poll() is not None:
        raise RuntimeError(f"PostgreSQL did not start:\n{(folder / 'log').read_text()}")
    return f"postgres://verbund@127.0.0.1:{port}/postgres"


def _accepts(port: int) -> bool:
    import psycopg

    try:
        psycopg.connect(host="127.0.0.1", port=port, user="verbund", dbname="postgres", connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True


def _other_user() -> pwd.struct_passwd:
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise RuntimeError("PostgreSQL refuses to run as root, and there is neither a user postgres nor nobody.")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _is_zombie(pid: int) -> bool:
    return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z"


def _wait_until(is_true) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while not is_true():
        if time.monotonic() > deadline:
            raise TimeoutError
        time.sleep(0.05)
