"""The finder with a hundred thousand entries: measured by a process of its own, in a database of its own.

Beside it, as a limit, what a page of twenty rows needs that finds and ranks them by full-text search among the same
entries, with the terms already analysed (`limits.full_text_page`).
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from itertools import cycle
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.db import connection

from bench import limits, offers_world
from bench.harness import Figures, Visitor, cpu_of, measure
from verbund.core.dates import today
from verbund.offers import stocktaking, versions
from verbund.offers.models import Offer

ENTRIES = 100_000
FOLDER = "BENCH_FOLDER"
"""The variable that tells the process of its own where it works."""

ROUNDS = 3
NEW_WORDS = ["Sprachcafé", "Deutschkurs Frauen", "Nähkurs am Abend", "Beratung", "Spielgruppe Jugendliche"]
MORE = ("new_words_ms", "after_a_change_ms", "first_of_a_day_ms")


def measured(name: str, words: list[str], addresses: Callable[[], list[str]]) -> Figures:
    """Return the figures of the operation `name`; the process of its own makes its data at its first run."""
    if FOLDER in os.environ:
        return _measure(words, addresses)
    environment = {**os.environ, FOLDER: str(Path(settings.DATA_DIR) / "large")}
    if address := environment.get("DATABASE_URL"):
        environment["DATABASE_URL"] = _own_database(address)
    command = [sys.executable, "-m", "bench", name]
    said = json.loads(subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True, text=True).stdout)
    more = {key: said[key] for key in MORE}
    figures = Figures(said["cpu_ms"], sql=said["sql"], bytes=said["bytes"], rows=said["rows"], more=more)
    figures.limit_ms = said["limit_cpu_ms"]
    return figures


def _own_database(address: str) -> str:
    """Return the address of a second database on the same server, made where it is missing."""
    parts = urlsplit(address)
    name = f"{parts.path.strip('/')}_100k"
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if cursor.fetchone() is None:
            cursor.execute(f"CREATE DATABASE {connection.ops.quote_name(name)}")
    return urlunsplit(parts._replace(path=f"/{name}"))


def _measure(words: list[str], addresses: Callable[[], list[str]]) -> Figures:
    offers_world.prepare(ENTRIES)
    visitor, asked = Visitor(), cycle(addresses())
    limit, ours = [], []
    for _round in range(ROUNDS):  # side by side, so that both meet the machine's calm
        limit.append(limits.full_text_ms(words))
        ours.append(measure(lambda: visitor.get(next(asked)).expect(200), rounds=1))
    figures = min(ours, key=lambda one: one.cpu_ms)
    figures.rows, figures.limit_ms = Offer.objects.count(), min(limit)
    figures.more = dict(zip(MORE, _unprepared(visitor), strict=True))
    return figures


def _unprepared(visitor: Visitor) -> list[float]:
    """Return what it takes where less is at hand: words nobody searched for yet, a change just made, a new day."""
    words, entry = cycle(NEW_WORDS), Offer.objects.order_by("pk").first()

    def new_words():
        stocktaking.current(versions.newest_change(), today()).matches.clear()
        return visitor.get(f"/angebote/?was={next(words)}&wann=woche&{os.urandom(4).hex()}=").expect(200)

    def after_a_change():
        versions.note_change_of([entry.pk])
        return visitor.get("/angebote/?tag=1").expect(200)

    def first_of_a_day():
        stocktaking.forget()
        return visitor.get(f"/angebote/?{os.urandom(4).hex()}=").expect(200)

    return [
        round(cpu_of(act, times=times, rounds=1), 1)
        for act, times in ((new_words, len(NEW_WORDS)), (after_a_change, 5), (first_of_a_day, 1))
    ]
