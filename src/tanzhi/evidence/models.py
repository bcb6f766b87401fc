"""What the log is made of: entries, what stands beside them, tree nodes, signed heads, and stored files."""

from __future__ import annotations

from django.db import models

from .numbers import number_of

LEVEL_BITS = 56
"""A node's level stands above so many bits of its index: one key orders nodes by level, then from left to right."""


class Entry(models.Model):
    """One thing that happened. Its bytes never change; the sealer gives it its place in the tree once.

    `canonical` is public and tells what `disclosure.yaml` allows. `kind` and `subject` are the act's own, for the
    platform's queries: they are no part of the public bytes, and stand there under the digest of the particulars.
    """

    audience = "everybody"  # its bytes are public; what it keeps to itself stands in them as digests

    kind = models.CharField(max_length=100, db_index=True)
    subject = models.CharField(max_length=200, db_index=True)
    at = models.DateTimeField()
    canonical = models.BinaryField()
    leaf_hash = models.BinaryField(max_length=32, unique=True)
    mac = models.BinaryField(max_length=32)  # by a key that the database does not hold
    leaf_index = models.BigIntegerField(null=True, unique=True)

    class Meta:
        verbose_name_plural = "entries"

    @property
    def number(self) -> str:
        """The receipt's number, once the entry is sealed."""
        return "" if self.leaf_index is None else number_of(self.leaf_index)


class Payload(models.Model):
    """One part of what an entry keeps to itself; the entry holds its salted digest, so that an act can erase it."""

    audience = "nobody"  # it leaves the platform with the receipt of whoever may see the subject, or not at all

    PARTICULARS, PERSONAL = "particulars", "personal"

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="parts")
    part = models.CharField(max_length=20)
    salt = models.BinaryField(max_length=32, null=True)  # null: erased by an act, which the log names
    content = models.BinaryField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["entry", "part"], name="one_payload_for_a_part"),)


class Node(models.Model):
    """The hash over a complete subtree, written once when its last leaf is sealed. Leaves themselves are entries."""

    audience = "everybody"

    position = models.BigIntegerField(primary_key=True)  # level << LEVEL_BITS | index
    hash = models.BinaryField(max_length=32)


class Head(models.Model):
    """The tree at one moment, signed: whoever keeps one can prove that nothing before it was changed."""

    audience = "everybody"  # signed for whoever keeps it

    log = models.CharField(max_length=80)
    size = models.BigIntegerField(unique=True)
    previous = models.BigIntegerField()  # size of the head before it; 0 for the first
    root = models.BinaryField(max_length=32)
    at = models.DateTimeField()
    key = models.CharField(max_length=64)
    signature = models.BinaryField(max_length=64)


class StoredFile(models.Model):
    """A file by the digest of its content."""

    audience = "nobody"  # a digest is no authority: a file is asked for by what it is attached to

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.BigIntegerField()
    stored_at = models.DateTimeField(auto_now_add=True)


class Upload(models.Model):
    """A file as somebody handed it in: his, under his name for it, until it is attached to a record."""

    audience = "nobody"  # what it was attached to is asked for

    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="uploads")
    person_id = models.BigIntegerField(db_index=True)  # 0: the installation's own command line and examples
    name = models.CharField(max_length=255)
    media_type = models.CharField(max_length=100)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-pk",)


class RowDigest(models.Model):
    """What a row held after an act, as one salted digest; the act's entry carries the digest of all of these together.

    Without a digest the row was deleted. The salt of one that is no longer the row's newest may be erased by an act.
    """

    audience = "nobody"  # what a row held is asked of the row

    ALTERED = "a"  # before this act the row was not as its earlier digest says
    ACCEPTED = "t"  # taken up as it was, by a migration or an operator
    ERASED = "e"  # personal data were erased: the salts of the earlier digests are gone

    # no constraint: the check compares every digest with its entry anyway
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="rows", db_constraint=False)
    table = models.CharField(max_length=63)
    row = models.BigIntegerField()
    salt = models.BinaryField(max_length=16, null=True)
    digest = models.BinaryField(max_length=32, null=True)
    mark = models.CharField(max_length=3, blank=True)  # letters of the above

    class Meta:
        indexes = (models.Index(fields=["table", "row", "id"], name="newest_digest_of_a_row"),)
