"""Compliance cycles, allocation runs and their lines."""

from __future__ import annotations

import json
from typing import Any

from django.db import models
from django.urls import reverse

from tanzhi.actions.actor import Actor, Place, ScopeFields
from tanzhi.actions.state_record import CaseRecord
from tanzhi.organisations.register.model import Organisation, Region
from tanzhi.organisations.scope import ScopedQuerySet
from tanzhi.rulebook.kernel.text import Text, same
from tanzhi.streams.market.ledger.model import Command


class CycleQuerySet(ScopedQuerySet):
    fields = ScopeFields(organisation="", region="region__path")


class Cycle(CaseRecord):
    """A compliance cycle (履约周期): the allowance years that are surrendered together, and until when."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    code = models.CharField(max_length=20)
    first_year = models.PositiveSmallIntegerField()
    last_year = models.PositiveSmallIntegerField()
    deadline = models.DateField()
    source = models.CharField(max_length=300)
    objects = CycleQuerySet.as_manager()

    class Meta:
        ordering = ("-first_year",)
        constraints = (models.UniqueConstraint(fields=["region", "code"], name="one_cycle"),)

    @property
    def place(self) -> Place:
        return Place(region_path=self.region.path, published=True)

    @property
    def years(self) -> range:
        return range(self.first_year, self.last_year + 1)

    @property
    def name(self) -> Text:
        return Text("{code} 年度履约周期", "compliance cycle {code}").format(code=self.code)

    def get_absolute_url(self) -> str:
        return reverse("registry:compliance", args=[self.pk])


PRE, FINAL = "pre", "final"
STAGES = {PRE: Text("预分配", "pre-allocation"), FINAL: Text("核定", "final allocation")}
DRAFT, COMPUTED, APPROVED, ISSUED = "draft", "computed", "approved", "issued"


class RunQuerySet(ScopedQuerySet):
    fields = ScopeFields(organisation="", region="cycle__region__path")


class AllocationRun(CaseRecord):
    """One computation of a year's allowances for all plants (配额分配批次): looked at, approved and issued by two."""

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="runs")
    year = models.PositiveSmallIntegerField()
    stage = models.CharField(max_length=10)
    number = models.PositiveSmallIntegerField()
    release = models.CharField(max_length=100, blank=True)
    earlier = models.ForeignKey("self", models.PROTECT, null=True, related_name="later")
    issued_on = models.DateField(null=True)
    objects = RunQuerySet.as_manager()

    class Meta:
        ordering = ("-year", "-pk")
        constraints = (models.UniqueConstraint(fields=["cycle", "year", "stage", "number"], name="one_run_a_number"),)

    @property
    def place(self) -> Place:
        return Place(region_path=self.cycle.region.path)

    @property
    def stage_label(self) -> Text:
        return STAGES[self.stage]

    @property
    def name(self) -> Text:
        words = Text("{year} 年度配额{stage}（第 {n} 次）", "{stage} of {year}, run {n}")
        return words.format(year=self.year, stage=self.stage_label, n=self.number)

    def get_absolute_url(self) -> str:
        return reverse("registry:run", args=[self.pk])

    def seen_by(self, actor: Actor) -> bool:
        """The province's, and whose plant has a line in it."""
        return actor.sees(self.place) or self.lines.visible_to(actor).exists()

    def worked_by(self, actor: Actor) -> bool:
        return actor.sees(self.place)


VERIFIED = Text("核查结果", "verified")
STATED = Text("企业填报，未在本平台核查", "stated by the plant, not verified here")


class LineQuerySet(ScopedQuerySet):
    fields = ScopeFields()


class LoweredShare(models.Model):
    """The province's decision on a plant's share of pre-allocation (预分配比例调低决定), with before and after.

    The newest one of a plant and a year counts; one that gives the plan's share again takes the others back.
    """

    run = models.ForeignKey(AllocationRun, models.PROTECT, related_name="lowered_shares")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    before = models.CharField(max_length=20)  # per cent
    share = models.CharField(max_length=20)  # per cent
    tonnes_before = models.BigIntegerField(null=True)  # pre-allocation of the plant
    tonnes = models.BigIntegerField(null=True)
    reason = models.CharField(max_length=300)
    document = models.CharField(max_length=300)
    decided_on = models.DateField()
    objects = LineQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)

    @property
    def place(self) -> Place:
        return self.organisation.place

    @property
    def name(self) -> Text:
        words = Text("预分配比例由 {before}% 调整为 {share}%", "pre-allocation share {before} % → {share} %")
        return words.format(before=self.before, share=self.share)

    @property
    def in_words(self) -> Text:
        """What was decided and on which paper, as a line of a run says it."""
        words = Text("{name}（{document}，{day}）", "{name} ({document}, {day})")
        return words.format(name=self.name, document=self.document, day=self.decided_on.isoformat())


class AllocationLine(models.Model):
    """One plant of a run: the record it was computed from, and what came out."""

    run = models.ForeignKey(AllocationRun, models.PROTECT, related_name="lines")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    source = models.CharField(max_length=100)  # the record it rests on: filings.version:12
    verified = models.CharField(max_length=100, blank=True)  # the verification whose results stand in the record
    record = models.TextField()  # canonical JSON, as the rulebook reads it
    emission = models.BigIntegerField(null=True)
    allowance = models.BigIntegerField(null=True)
    obligation = models.BigIntegerField(null=True)
    ahead = models.BigIntegerField(default=0)  # issued by earlier runs of the year
    to_issue = models.BigIntegerField(null=True)  # negative is to be returned; none: not determinable
    top_up = models.BigIntegerField(default=0)  # gas exemption and cap on the gap
    borrowable = models.BigIntegerField(default=0)
    note = models.CharField(max_length=300, blank=True)
    problem_zh = models.TextField(blank=True)
    problem_en = models.TextField(blank=True)
    lowered = models.ForeignKey(LoweredShare, models.PROTECT, null=True, related_name="lines")  # the decision it took
    revision = models.PositiveIntegerField(default=0)
    objects = LineQuerySet.as_manager()

    class Meta:
        ordering = ("organisation__code",)
        constraints = (models.UniqueConstraint(fields=["run", "organisation"], name="one_line_a_plant"),)

    @property
    def borrowed(self) -> int:
        """Tonnes drawn from the next year so far."""
        return sum(self.borrowings.values_list("tonnes", flat=True))

    @property
    def left_to_borrow(self) -> int:
        """Tonnes that may still be drawn from the next year."""
        return max(0, self.borrowable - self.borrowed)

    @property
    def place(self) -> Place:
        return self.organisation.place

    @property
    def inputs(self) -> dict[str, Any]:
        record: dict[str, Any] = json.loads(self.record)
        return record

    @property
    def problem(self) -> Text:
        return Text(self.problem_zh, self.problem_en) if self.problem_zh else same("—")

    @property
    def remark(self) -> Text | None:
        """What the line's numbers rest on beside the plan: deductions with their reasons, a lowered share."""
        if self.problem_zh:
            return self.problem
        note = same(self.note) if self.note else None
        if self.lowered is None:
            return note
        return note + same("；") + self.lowered.in_words if note else self.lowered.in_words

    @property
    def basis(self) -> Text:
        """Whose word the line's values are: a verification's here, or the plant's own."""
        return VERIFIED if self.verified else STATED

    @property
    def gap(self) -> int | None:
        """Emission less allowances; negative is a surplus."""
        return None if self.emission is None or self.allowance is None else self.emission - self.allowance

    @property
    def name(self) -> Text:
        return Text("{run}：{who}", "{run}: {who}").format(run=self.run.name, who=self.organisation.name)

    def get_absolute_url(self) -> str:
        return reverse("registry:line", args=[self.pk])


class Borrowing(models.Model):
    """Allowances of a later year that a plant drew on to close its gap (预支); taken off that year's pre-allocation."""

    part_of = "line"

    line = models.ForeignKey(AllocationLine, models.PROTECT, related_name="borrowings")
    year = models.PositiveSmallIntegerField()  # the year they were taken from
    tonnes = models.BigIntegerField()
    command = models.ForeignKey(Command, models.PROTECT, related_name="+")
