"""Proving that nothing was changed: every entry, every link, every head; and, with an anchor, every past head."""

import itertools
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from verbund.core.audit.canonical import hash_of
from verbund.core.models import AuditChain, AuditEntry

EXAMINED_CLOSELY = 200
NAMED_PER_CHAIN = 50


@dataclass(frozen=True)
class Finding:
    """One thing that is not as it was recorded: `str(finding)` is the German sentence.

    `kind`: CHANGED, REMOVED, MOVED, INSERTED, CUT, HEAD, RECOMPUTED or MORE (further findings, not listed).
    """

    chain: int
    sequence: int
    kind: str
    text: str

    def __str__(self):
        name = _("Kette der Plattform") if self.chain == 0 else _("Kette der Organisation %d") % self.chain
        return f"{name}: {self.text}"


@dataclass
class Inspection:
    """What was looked at and what was found."""

    entries: int = 0
    chains: int = 0
    findings: list[Finding] = field(default_factory=list)


def head() -> dict:
    """Return the heads of all chains as JSON-safe values: the anchor to keep outside of the database."""
    chains = AuditChain.objects.order_by("pk")
    return {"chains": {str(chain.pk): {"sequence": chain.sequence, "hash": chain.head} for chain in chains}}


def verify(anchor: dict | None = None) -> list[Finding]:
    """Return everything in the trail that is not as it was recorded; see `inspect`."""
    return inspect(anchor).findings


def inspect(anchor: dict | None = None) -> Inspection:
    """Check the whole trail; `anchor` is what `head()` returned earlier.

    Reads each entry once, in the order of the chains, without keeping them; may run while acts are recorded. Without an
    anchor a chain that someone recomputed from end to end looks whole; with one it is found.
    """
    anchored = {int(chain): known for chain, known in (anchor or {}).get("chains", {}).items()}
    heads = {chain.pk: chain for chain in AuditChain.objects.all()}
    result, seen = Inspection(), set()
    entries = AuditEntry.objects.order_by("chain_id", "sequence").iterator(chunk_size=2000)
    for chain_id, chain_entries in itertools.groupby(entries, key=lambda entry: entry.chain_id):
        walk = _ChainWalk(chain_id, heads.get(chain_id), anchored.get(chain_id))
        for entry in chain_entries:
            walk.take(entry)
        result.entries += walk.count
        result.findings += walk.finish()
        seen.add(chain_id)
    for chain_id in sorted((heads.keys() | anchored.keys()) - seen):
        result.findings += _ChainWalk(chain_id, heads.get(chain_id), anchored.get(chain_id)).finish()
    result.chains = len(heads.keys() | seen)
    return result


def _runs(places, same=lambda place: 0) -> list[list[int]]:
    """Return places in order, as runs without gaps for which `same` is the same."""
    numbered = enumerate(sorted(places))
    grouped = itertools.groupby(numbered, key=lambda pair: (pair[1] - pair[0], same(pair[1])))
    return [[place for _index, place in run] for _key, run in grouped]


def _ends(run: list[int]) -> dict[str, int]:
    return {"first": run[0], "last": run[-1]}


class _ChainWalk:
    """One chain, entry by entry.

    Each entry is given its place: its own if its hash is right there, another if its hash would be right there, else
    none. What stands at the wrong place was moved, a place without an entry was emptied, a place with two got one more.
    """

    def __init__(self, chain_id: int, head: AuditChain | None, anchor: dict | None):
        self.chain_id, self.head, self.anchor = chain_id, head, anchor
        self.count = self.sequence = self.shift = 0
        self.hash = self.hash_before = ""
        self.owned: set[int] = set()
        self.moved: dict[int, int] = {}
        self.doubtful: list[AuditEntry] = []
        self.changed: set[int] = set()
        self.findings: list[Finding] = []

    def find(self, kind: str, sequence: int, text: str) -> None:
        self.findings.append(Finding(self.chain_id, sequence, kind, text))

    def take(self, entry: AuditEntry) -> None:
        """Check one entry against itself, the entry before it, the head and the anchor."""
        self.count += 1
        if hash_of(entry) == entry.hash:
            self.owned.add(entry.sequence)
            if entry.previous != self.hash and entry.sequence == self.sequence + 1 and self.sequence in self.owned:
                self._name_broken_link(entry)
            self._compare_with_heads(entry)
        else:
            self._doubt(entry)
        self.hash_before, self.hash, self.sequence = self.hash, entry.hash, entry.sequence

    def _name_broken_link(self, entry: AuditEntry) -> None:
        """The entry before this whole one is whole too, but not the one this was recorded after."""
        if entry.previous == self.hash_before:
            self.find("INSERTED", self.sequence, _("Eintrag %d wurde eingefügt.") % self.sequence)
        else:
            text = _("Eintrag %d wurde verändert und sein Hashwert neu berechnet.")
            self.find("CHANGED", self.sequence, text % self.sequence)

    def _compare_with_heads(self, entry: AuditEntry) -> None:
        if self.head and entry.sequence == self.head.sequence and entry.hash != self.head.head:
            text = _("Kopf und letzter Eintrag %d weichen voneinander ab, einer von beiden wurde verändert.")
            self.find("HEAD", entry.sequence, text % entry.sequence)
        if self.anchor and entry.sequence == self.anchor["sequence"] and entry.hash != self.anchor["hash"]:
            text = _("Eintrag %d stimmt nicht mit dem Anker überein, die Kette wurde neu berechnet.")
            self.find("RECOMPUTED", entry.sequence, text % entry.sequence)

    def _doubt(self, entry: AuditEntry) -> None:
        """Give an entry with a wrong hash its place if a run was shifted by one; keep it for a closer look if not."""
        for shift in (self.shift, 1, -1):
            if shift and hash_of(entry, sequence=entry.sequence + shift) == entry.hash:
                self.shift = shift
                self.moved[entry.sequence] = entry.sequence + shift
                return
        if len(self.doubtful) < EXAMINED_CLOSELY:
            self.doubtful.append(entry)
        else:
            self.changed.add(entry.sequence)

    def finish(self) -> list[Finding]:
        """Return the findings of the chain, by place."""
        self._place_the_doubtful()
        claimed = set(self.moved.values())
        self._name_moved()
        for sequence in sorted((self.owned | self.changed) & claimed):
            self.find("INSERTED", sequence, _("Eintrag %d wurde eingefügt.") % sequence)
        for run in _runs(self.changed - claimed):
            one, several = (
                _("Eintrag %(first)d wurde verändert."),
                _("Einträge %(first)d bis %(last)d wurden verändert."),
            )
            self.find("CHANGED", run[0], (one if len(run) == 1 else several) % _ends(run))
        self._name_gaps(self.owned | self.changed | claimed)
        self._check_head()
        self.findings.sort(key=lambda finding: finding.sequence)
        return self._named()

    def _name_moved(self) -> None:
        """Name entries at a wrong place; a run that moved together is one finding."""
        for run in _runs(self.moved, same=lambda now: self.moved[now] - now):
            places = {"place_first": self.moved[run[0]], "place_last": self.moved[run[-1]]}
            one = _("Eintrag %(first)d wurde umgestellt, er stand an Stelle %(place_first)d.")
            several = _(
                "Einträge %(first)d bis %(last)d wurden umgestellt, sie standen an den Stellen "
                "%(place_first)d bis %(place_last)d."
            )
            self.find("MOVED", run[0], (one if len(run) == 1 else several) % {**_ends(run), **places})

    def _place_the_doubtful(self) -> None:
        """Entries that changed places among themselves: try each at the places of the others."""
        places = {entry.sequence for entry in self.doubtful} | self.moved.keys() | set(self._gaps(self.owned))
        places = set(sorted(places)[:EXAMINED_CLOSELY])
        for entry in self.doubtful:
            place = next((place for place in places if hash_of(entry, sequence=place) == entry.hash), None)
            if place is None:
                self.changed.add(entry.sequence)
            else:
                self.moved[entry.sequence] = place

    def _gaps(self, owned: set[int]):
        known = self.head.sequence if self.head else 0, self.anchor["sequence"] if self.anchor else 0
        return (place for place in range(1, max(*known, max(owned, default=0)) + 1) if place not in owned)

    def _name_gaps(self, owned: set[int]) -> None:
        """Name the places without an entry, as runs; a run at the end was cut off."""
        end = max(owned, default=0)
        for run in _runs(self._gaps(owned)):
            if run[-1] < end:
                one, several = (
                    _("Eintrag %(first)d wurde entfernt."),
                    _("Einträge %(first)d bis %(last)d wurden entfernt."),
                )
                self.find("REMOVED", run[0], (one if len(run) == 1 else several) % _ends(run))
            else:
                text = _("die Kette wurde abgeschnitten, es fehlen die Einträge %(first)d bis %(last)d.")
                self.find("CUT", run[0], text % _ends(run))

    def _check_head(self) -> None:
        """Compare with the head; acts recorded while the walk went on are no finding."""
        head = self.head
        if self.count and (head is None or self.sequence > head.sequence):
            head = AuditChain.objects.filter(pk=self.chain_id).first()
        if head is None:
            self.find("HEAD", 0, _("der Kopf der Kette wurde entfernt."))
        elif self.sequence > head.sequence and self.sequence in self.owned:
            text = _("Eintrag %d steht hinter dem Kopf der Kette, er wurde eingefügt.")
            self.find("INSERTED", self.sequence, text % self.sequence)

    def _named(self) -> list[Finding]:
        more = len(self.findings) - NAMED_PER_CHAIN
        if more <= 0:
            return self.findings
        last = Finding(self.chain_id, self.sequence, "MORE", _("%d weitere Befunde.") % more)
        return [*self.findings[:NAMED_PER_CHAIN], last]
