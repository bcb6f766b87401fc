"""A problem clue (问题线索): received from the national inspection, handed to a city, put right, closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.urls import reverse

from tanzhi.actions.actor import Place
from tanzhi.actions.state_record import CaseRecord
from tanzhi.filings.months.cells import cell_words
from tanzhi.filings.months.model import Filing, Version
from tanzhi.organisations.code_lists import CodeList, CodeUse
from tanzhi.organisations.register.model import Organisation
from tanzhi.organisations.scope import ScopedQuerySet
from tanzhi.presentation.sheets.sheet import anchor_of
from tanzhi.rulebook.kernel.text import Text

if TYPE_CHECKING:
    from tanzhi.actions.actor import Actor

SOURCES = CodeList(
    "verification.clue_sources",
    Text("线索来源", "Sources of clues"),
    {
        "national_inspection": Text("国家数据质量检查", "National quality inspection"),
        "monthly_review": Text("月度存证审核", "Review of monthly deposits"),
        "complaint": Text("举报投诉", "Complaint"),
        "transferred": Text("移交案件", "Case handed over"),
        "supervision": Text("日常监管", "Daily supervision"),
        "verification": Text("核查", "Verification"),
    },
    (CodeUse("verification.Clue", "source"),),
    frozenset({"national_inspection", "monthly_review", "verification"}),  # what a form begins with, and a cell's page
)
RISKS = {"high": Text("高", "High"), "medium": Text("中", "Medium"), "low": Text("低", "Low")}
NATION, AT_PROVINCE, AT_CITY = "nation", "province", "city"
LEVELS = {
    NATION: Text("国家", "National"),
    AT_PROVINCE: Text("省级", "Provincial"),
    AT_CITY: Text("市级", "Municipal"),
}
"""Whose clue it is: the level that found it, and that is answered once it is closed."""
RECEIVED, DISPATCHED, RECTIFYING, RECTIFIED = "received", "dispatched", "rectifying", "rectified"
CONFIRMED, UNFOUNDED, TO_ANSWER, CLOSED = "confirmed", "unfounded", "to_answer", "closed"
REAL, NOT_REAL = "real", "not_real"
FOUND = {REAL: Text("属实", "Confirmed"), NOT_REAL: Text("不属实", "Unfounded")}
"""What the city's check came to."""
NOT_CHECKED = Text("待核实", "To be verified on site")
CAPACITIES = {
    "official": Text("市局人员", "Somebody of the city"),
    "enterprise": Text("企业人员", "Somebody of the enterprise"),
}
"""Who draws a signature at the city's check."""
HOLDERS = {
    AT_PROVINCE: (Text("省厅", "The province"), (RECEIVED, CONFIRMED, UNFOUNDED, TO_ANSWER)),
    AT_CITY: (Text("市局", "The city"), (DISPATCHED, RECTIFIED)),
    "enterprise": (Text("企业", "The enterprise"), (RECTIFYING,)),
}
"""Who must do something now, by the states in which it is his turn."""
SIGNED_IN = (DISPATCHED, RECTIFYING, UNFOUNDED)
"""While the city looks into a clue and just after it said what it found: a phone sends the two in either order."""
# An enterprise learns of a clue when it is asked to put something right, a city when it is asked to look.
BEFORE_ENTERPRISE = (RECEIVED, DISPATCHED, UNFOUNDED)
PROVINCE = frozenset({"provincial_officer", "provincial_director", "auditor", "administrator"})


class ClueQuerySet(ScopedQuerySet):
    def visible_to(self, actor: Actor) -> ScopedQuerySet:
        """In reach, and already told to that level; who raised it at a cell sees it as long as he sees that cell."""
        raised = self.filter(raised_by=actor.person_id or 0, filing__in=Filing.objects.visible_to(actor))
        reached = super().visible_to(actor)
        if PROVINCE & actor.roles:
            return reached | raised
        untold = (RECEIVED,) if "city_officer" in actor.roles else BEFORE_ENTERPRISE
        return reached.exclude(state__in=untold) | raised

    def untold_to(self, actor: Actor) -> ScopedQuerySet:
        """In reach, but not told yet to that level: nothing that names such a clue is for this reader either."""
        if PROVINCE & actor.roles:
            return self.none()
        return super().visible_to(actor).exclude(pk__in=self.visible_to(actor).values("pk"))


class Clue(CaseRecord):
    """One problem in one enterprise's data, to be looked at and closed."""

    number = models.CharField(max_length=60, unique=True)  # of the list that it came with
    source = models.CharField(max_length=30, db_index=True)
    level = models.CharField(max_length=10, default=AT_PROVINCE, db_index=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="clues")
    unit = models.CharField(max_length=60, blank=True)
    parameter = models.CharField(max_length=200)
    period = models.CharField(max_length=40, blank=True)
    text = models.TextField()
    risk = models.CharField(max_length=10, default="medium")
    requirement = models.TextField(blank=True)  # what the province asks of the city
    outcome = models.CharField(max_length=20, blank=True)  # of the city's check; blank: not looked into yet
    check_result = models.TextField(blank=True)
    measures = models.TextField(blank=True)
    confirmation = models.TextField(blank=True)
    closing = models.TextField(blank=True)
    returned = models.TextField(blank=True)  # why another level gave it back to the province
    answered_on = models.DateField(null=True)  # the day on which the nation was answered
    answer_document = models.CharField(max_length=300, blank=True)  # by which letter
    filing = models.ForeignKey(Filing, models.PROTECT, null=True, related_name="clues")  # the month it was raised at
    version = models.ForeignKey(Version, models.PROTECT, null=True, related_name="clues")
    where = models.CharField(max_length=300, blank=True)  # the row of the cell, as the rulebook writes it
    field = models.CharField(max_length=100, blank=True)
    value = models.TextField(blank=True)  # what stood in the cell
    raised_by = models.BigIntegerField(null=True)
    withdrawn = models.BooleanField(default=False)  # its import was undone
    objects = ClueQuerySet.as_manager()

    class Meta:
        ordering = ("-opened_at", "number")

    @property
    def place(self) -> Place:
        return self.organisation.place

    @property
    def level_label(self) -> Text:
        return LEVELS[self.level]

    @property
    def holder(self) -> Text | None:
        """Whose turn it is; None of a clue that is closed."""
        return next((name for name, states in HOLDERS.values() if self.state in states), None)

    @property
    def cell(self) -> Text | None:
        """The cell that it is about, in words; none of a clue that came with a list."""
        return cell_words(self.filing, self.where, self.field) if self.filing else None

    @property
    def cell_address(self) -> str:
        """The month as it stood when the clue was raised, opened at the cell."""
        if self.filing is None or self.version is None:
            return ""
        page = reverse("filings:version", args=[self.filing.pk, self.version.number])
        return f"{page}#{anchor_of(self.where, self.field)}"

    @property
    def name(self) -> Text:
        named = Text("线索 {number}：{name} {parameter}", "Clue {number}: {name}, {parameter}")
        return named.format(number=self.number, name=self.organisation.name, parameter=self.parameter)

    def get_absolute_url(self) -> str:
        return reverse("verification:clue", args=[self.pk])

    def seen_by(self, actor: Actor) -> bool:
        return Clue.objects.visible_to(actor).filter(pk=self.pk).exists()
