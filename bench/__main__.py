"""`python -m bench [name …]`: measure all operations, or those named; one JSON object per line on standard output."""

import json
import os
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "var" / "bench"


def main(names: list[str]) -> int:
    prepare_environment()
    import django

    django.setup()
    from bench import world
    from bench.registry import operations

    known = operations()
    if unknown := [name for name in names if name not in known]:
        print(f"Unbekannt: {', '.join(unknown)}. Es gibt: {', '.join(known)}.", file=sys.stderr)
        return 2
    world.prepare()
    failed = False
    for name in names or known:
        try:
            print(json.dumps(known[name].measure(), ensure_ascii=False), flush=True)
        except Exception as problem:  # one broken operation must not hide the others; the exit status tells
            failed = True
            print(f"{name}: {type(problem).__name__}: {problem}", file=sys.stderr)
    return 1 if failed else 0


def prepare_environment() -> None:
    """Work in a data directory of our own (BENCH_FOLDER: another); DATABASE_URL is respected."""
    folder = Path(os.environ.get("BENCH_FOLDER", FOLDER))
    for variable in [variable for variable in os.environ if variable.startswith("VERBUND_")]:
        del os.environ[variable]
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    os.environ["VERBUND_DATA_DIR"] = str(folder)
    (folder / "static").mkdir(parents=True, exist_ok=True)


if __name__ == "__main__":
    sys.exit(main([name for name in sys.argv[1:] if name]))
