"""The index of the search: what records are found by, and the words people know."""

from django.db import models


class SearchEntry(models.Model):
    """The terms of one object. Its number holds kind and object (`search.index.place_of`), so no hit needs a lookup.

    Beside the table stands what the database searches: SQLite's `core_search` reads its columns, PostgreSQL's `vector`
    is computed from them (migration 0002). Written by `search.index` alone.
    """

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=40)
    object_id = models.BigIntegerField()
    title = models.TextField(blank=True)
    body = models.TextField(blank=True)
    words = models.JSONField(default=dict)

    def __str__(self):
        return f"{self.kind} {self.object_id}"


class SearchWord(models.Model):
    """A word as written in texts of a kind and language, and how many objects have it."""

    kind = models.CharField(max_length=40)
    language = models.CharField(max_length=10)
    word = models.CharField(max_length=64)
    folded = models.CharField(max_length=130)
    documents = models.IntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "language", "word"], name="core_search_word_once")]
        indexes = [models.Index(fields=["kind", "folded"], name="core_search_word_begins")]

    def __str__(self):
        return self.word
