"""Search: an index and questions to it, the same on SQLite and PostgreSQL, with German words understood.

    from verbund.core import search
    search.index("offer", [search.Document(7, title="Sprachkurs B1", body="mit Kinderbetreuung", language="de")])
    hits = search.search("offer", "sprachkurse", ids=offers_visible_to(actor).values("pk"), limit=20)
    hits.ids, hits.total, hits.corrected      # ids best first; corrected: what was searched instead of a typing error
    Offer.objects.filter(hits.condition)      # the same match in any other query: facets, distance, counts
    Offer.objects.filter(search.matching("offer", "sprachkurse"))         # without ranking
    search.suggest("offer", "spr")            # ["Sprachkurs", "Sprachcafé"]
    search.each("offer", ["Kurs", "Frauen"])  # the ids of each, in one statement: what is found with some of the words
    search.remove("offer", [7])

`index` replaces what was there for these objects (several languages of one object: several documents in one call);
`index`, `remove` and `rebuild` belong into the transaction of the change. A kind is a short name chosen by the app;
object ids are numbers. `synonyms` maps what people say to what texts say: `{"kita": frozenset({"Kindertagesstätte"})}`,
keys and values may have several words; `Synonyms.of(mapping)` once, for large ones. Who may see what is the caller's
concern: pass `ids`, or add the condition to a query of visible records. But `suggest` and corrections know all words of
a kind: what not everybody may read belongs into a kind of its own. No text raises an error; limits stand in `query.py`.
"""

from verbund.core.search.german import has_words
from verbund.core.search.index import Document, index, rebuild, refresh, remove
from verbund.core.search.query import Hits, Synonyms, each, matching, search, words_in
from verbund.core.search.tables import is_in_step
from verbund.core.search.vocabulary import suggest

__all__ = [
    "Document",
    "Hits",
    "Synonyms",
    "each",
    "has_words",
    "index",
    "is_in_step",
    "matching",
    "rebuild",
    "refresh",
    "remove",
    "search",
    "suggest",
    "words_in",
]
