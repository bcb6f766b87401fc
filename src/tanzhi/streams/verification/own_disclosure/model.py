"""The record of an enterprise that it disclosed the emission of a year itself."""

from __future__ import annotations

from django.db import models
from django.urls import reverse

from tanzhi.actions.actor import Place
from tanzhi.actions.state_record import CaseRecord
from tanzhi.organisations.register.model import Organisation
from tanzhi.organisations.scope import ScopedQuerySet
from tanzhi.rulebook.kernel.text import Text

RECORDED, WITHDRAWN = "recorded", "withdrawn"
CHANNELS = {
    "environment": Text("企业环境信息依法披露系统", "Disclosure system for environmental information"),
    "market": Text("全国碳市场管理平台", "Platform of the national carbon market"),
    "website": Text("企业网站", "Own website"),
    "other": Text("其他", "Other"),
}


class OwnDisclosure(CaseRecord):
    """One disclosure by an enterprise of its emission, facilities and method of a year (年度排放信息披露)."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="own_disclosures")
    year = models.PositiveSmallIntegerField()
    channel = models.CharField(max_length=20)
    address = models.CharField(max_length=500)  # of the page, as everybody opens it
    disclosed_on = models.DateField()
    withdrawal = models.TextField(blank=True)  # why the record does not stand
    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ("-year", "organisation__code", "disclosed_on", "pk")

    @property
    def place(self) -> Place:
        return self.organisation.place

    @property
    def name(self) -> Text:
        named = Text("{name}披露 {year} 年排放信息", "{name} disclosed its emission of {year}")
        return named.format(name=self.organisation.name, year=self.year)

    @property
    def channel_label(self) -> Text:
        return CHANNELS[self.channel]

    def get_absolute_url(self) -> str:
        return reverse("verification:own_disclosure", args=[self.pk])
