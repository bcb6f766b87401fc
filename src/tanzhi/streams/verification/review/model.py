"""Lines of a review list (核查清单) and what inspectors noted at each; notes are never changed, later ones follow."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.urls import reverse

from tanzhi.actions.actor import Place, ScopeFields
from tanzhi.actions.references import reference
from tanzhi.organisations.scope import ScopedQuerySet
from tanzhi.rulebook.kernel.text import Text
from tanzhi.streams.verification.cases.model import Verification
from tanzhi.workflow.dossier.model import Attachment

CATEGORIES = {
    "identity": Text("重点排放单位基本情况", "Identity of the enterprise"),
    "boundary": Text("核算边界", "Accounting boundary"),
    "method": Text("核算方法", "Accounting method"),
    "data": Text("核算数据", "Accounting data"),
    "archive": Text("质量保证和文件存档", "Quality assurance and archive"),
    "plan": Text("数据质量控制方案及执行", "Quality control plan and its execution"),
    "site": Text("现场核查发现的其他问题", "Other matters seen on site"),
    "other": Text("其他内容", "Other matters"),
}
"""Categories of non-conformities: CETS-VG-01.01-V02-2026, appendix, annex 3."""
KINDS = {
    "subject": Text("核查内容", "Subject of the guide"),
    "parameter": Text("监测参数", "Monitored parameter"),
    "check": Text("校验提示", "Hit of a check"),
    "cross_check": Text("交叉核对疑点", "Cross-check hit"),
    "paper": Text("支持性文件", "Supporting paper"),
    "clue": Text("问题线索", "Clue"),
    "earlier": Text("以往不符合项", "Earlier finding"),
}
CONFORMS, DOES_NOT_CONFORM, NOT_CHECKED = "conforms", "does_not_conform", "not_checked"
RESULTS = {
    CONFORMS: Text("符合", "Conforms"),
    DOES_NOT_CONFORM: Text("不符合", "Does not conform"),
    NOT_CHECKED: Text("未核查", "Not checked"),
}
OPEN, NOTED, CONTESTED = "open", "noted", "contested"
LINE_STATES = {
    OPEN: Text("待核查", "To be checked"),
    NOTED: Text("已记录", "Noted"),
    CONTESTED: Text("两人记录不一致，待组长选定", "Noted differently by two: the leader chooses"),
}
TONES = {OPEN: "due", NOTED: "ok", CONTESTED: "late"}


class ReviewLineQuerySet(ScopedQuerySet):
    # Working papers of the body: its own and the authorities', not the enterprise's.
    fields = ScopeFields(organisation="case__body_id", region="case__organisation__region__path")


class ReviewLine(models.Model):
    """Something that the group looks at, and how it stands; `title` and `expected` in both languages."""

    case = models.ForeignKey(Verification, models.PROTECT, related_name="review_lines")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=20)
    category = models.CharField(max_length=20)
    code = models.CharField(max_length=100)  # subject, field, check, clue's number
    place_in_record = models.CharField(max_length=300, blank=True)
    title: models.JSONField[Any, Any] = models.JSONField()
    expected: models.JSONField[Any, Any] = models.JSONField()  # what to hold it against: sources, papers, the plan
    law = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=20, default=OPEN)
    finding = models.CharField(max_length=100, blank=True)  # reference of the non-conformity raised from it
    revision = models.PositiveIntegerField(default=0)
    at = models.DateTimeField()
    objects = ReviewLineQuerySet.as_manager()

    class Meta:
        ordering = ("case_id", "number")
        constraints = (
            models.UniqueConstraint(fields=["case", "number"], name="one_review_line_a_number"),
            models.UniqueConstraint(fields=["case", "kind", "code", "place_in_record"], name="one_line_of_a_matter"),
        )

    @property
    def place(self) -> Place:
        return Place(self.case.body_id, self.case.organisation.region.path)

    @property
    def name(self) -> Text:
        return Text(f"{self.number}. {self.title['zh']}", f"{self.number}. {self.title['en']}")

    @property
    def reference(self) -> str:
        return reference(self)

    def get_absolute_url(self) -> str:
        return f"{reverse('verification:review', args=[self.case_id])}#line-{self.number}"

    @property
    def state_label(self) -> Text:
        return LINE_STATES[self.state]

    @property
    def tone(self) -> str:
        return TONES[self.state]


class ReviewNote(models.Model):
    """What one inspector noted at a line; those that stand are one, or several where two differ."""

    part_of = "line"

    line = models.ForeignKey(ReviewLine, models.PROTECT, related_name="notes")
    number = models.PositiveIntegerField()
    result = models.CharField(max_length=20)
    category = models.CharField(max_length=20)
    evidence = models.TextField(blank=True)  # papers and records that were seen
    remark = models.TextField(blank=True)
    reason = models.TextField(blank=True)  # why it was not checked
    seen = models.PositiveIntegerField(default=0)  # the newest note that its writer had before him
    stands = models.BooleanField(default=True)
    device_at = models.DateTimeField(null=True)  # as the device says, for whoever orders what happened; proves nothing
    person_id = models.BigIntegerField()
    person_name = models.CharField(max_length=100)
    at = models.DateTimeField()

    class Meta:
        ordering = ("line_id", "number")
        constraints = (models.UniqueConstraint(fields=["line", "number"], name="one_note_a_number"),)

    @property
    def result_label(self) -> Text:
        return RESULTS[self.result]

    @property
    def category_label(self) -> Text:
        return CATEGORIES[self.category]

    @property
    def content(self) -> tuple[str, str, str, str, str]:
        """What two notes are compared by."""
        return self.result, self.category, self.evidence, self.remark, self.reason


CAPACITIES = {
    "inspector": Text("核查组成员", "Member of the group"),
    "enterprise": Text("受核查方人员", "Somebody of the enterprise"),
}


class VisitSignature(models.Model):
    """A signature that was drawn on a device: an image beside the case, which proves nobody's identity."""

    part_of = "case"

    case = models.ForeignKey(Verification, models.PROTECT, related_name="signatures")
    name = models.CharField(max_length=100)
    capacity = models.CharField(max_length=20)
    image = models.ForeignKey(Attachment, models.PROTECT, related_name="+")
    person_id = models.BigIntegerField()
    person_name = models.CharField(max_length=100)  # who handed it in
    at = models.DateTimeField()

    class Meta:
        ordering = ("case_id", "pk")

    @property
    def capacity_label(self) -> Text:
        return CAPACITIES[self.capacity]
