"""What records of this room have in common: a name in both languages, a region, whether the public may see them."""

from __future__ import annotations

from django.db import models
from django.urls import reverse

from tanzhi.actions.actor import Place
from tanzhi.actions.state_record import CaseRecord
from tanzhi.organisations.register.model import Region
from tanzhi.rulebook.kernel.text import Text


class Titled(CaseRecord):
    """A piece of work in a region, with its title in both languages."""

    PAGE = ""  # name of its page in this room

    title_zh = models.CharField(max_length=300)
    title_en = models.CharField(max_length=300)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    published = models.BooleanField(default=False)

    class Meta:
        abstract = True

    @property
    def place(self) -> Place:
        return Place(region_path=self.region.path, published=self.published)

    @property
    def title(self) -> Text:
        return Text(self.title_zh, self.title_en)

    @property
    def name(self) -> Text:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse(f"policy:{self.PAGE}", args=[self.pk])
