"""Under which terms a record is found."""

from __future__ import annotations

from django.db import models


class SearchTerm(models.Model):
    """A term in one of the texts by which a record is searched; derived from the records, and made anew at any time."""

    audience = "nobody"  # a search answers with records that their own rule opens

    label = models.CharField(max_length=60)  # of the record's model, as references name it
    term = models.BinaryField(max_length=160)
    record = models.BigIntegerField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["label", "term", "record"], name="one_search_term_a_record"),)
        indexes = (models.Index(fields=["label", "record"], name="search_terms_of_record"),)
