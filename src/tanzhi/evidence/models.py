"""What the log is made of: entries, what stands beside them, signed heads, and stored files."""

from __future__ import annotations

from django.db import models

from .numbers import number_of


class Entry(models.Model):
    """One thing that happened. Its bytes never change; the sealer gives it its place in the tree once."""

    audience = "everybody"  # its bytes are public; what it keeps to itself stands in them as digests

    kind = models.CharField(max_length=100, db_index=True)
    subject = models.CharField(max_length=200, db_index=True)
    at = models.DateTimeField()
    canonical = models.BinaryField()
    leaf_hash = models.BinaryField(max_length=32)
    leaf_index = models.BigIntegerField(null=True, unique=True)

    class Meta:
        verbose_name_plural = "entries"

    @property
    def number(self) -> str:
        """The receipt's number, once the entry is sealed."""
        return "" if self.leaf_index is None else number_of(self.leaf_index)


class Payload(models.Model):
    """Personal data beside an entry, which holds only their salted digest: erasing them leaves the log whole."""

    audience = "nobody"  # personal data leave it through the record that they belong to

    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="payload")
    salt = models.BinaryField(max_length=32)
    content = models.BinaryField(null=True)  # null: erased as the law demands


class Head(models.Model):
    """The tree at one moment, signed: whoever keeps one can prove that nothing before it was changed."""

    audience = "everybody"  # signed for whoever keeps it

    log = models.CharField(max_length=80)
    size = models.BigIntegerField(unique=True)
    root = models.BinaryField(max_length=32)
    at = models.DateTimeField()
    key = models.CharField(max_length=64)
    signature = models.BinaryField(max_length=64)


class StoredFile(models.Model):
    """A file by the digest of its content."""

    audience = "nobody"  # a digest is no authority: a file is asked for by what it is attached to

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.BigIntegerField()
    name = models.CharField(max_length=255)
    media_type = models.CharField(max_length=100)
    stored_at = models.DateTimeField(auto_now_add=True)
