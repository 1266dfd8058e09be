"""Stored files, by the hash of their content."""

import hashlib

from django.db import models

from verbund.core import files


class StoredFile(models.Model):
    """A file as it was received or issued; never changed, only referred to."""

    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.PositiveBigIntegerField()
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=100)
    kind = models.CharField(max_length=40, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self):
        return self.name

    def open(self):
        return files.path_of(self.sha256).open("rb")

    def is_unchanged(self) -> bool:
        """Whether the file on disk is there and still has the hash it was stored with."""
        try:
            with self.open() as file:
                return hashlib.file_digest(file, "sha256").hexdigest() == self.sha256
        except FileNotFoundError:
            return False
