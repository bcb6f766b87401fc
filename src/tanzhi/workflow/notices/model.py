"""What the platform tells a person, and the secret address of a person's calendar."""

from __future__ import annotations

from django.db import models

from tanzhi.actions.actor import Place
from tanzhi.organisations.people.model import Person
from tanzhi.rulebook.kernel.text import Text

NOTICE_KINDS = {
    "first": Text("第一次提醒", "First reminder"),
    "second": Text("第二次提醒", "Second reminder"),
    "late": Text("已逾期", "Overdue"),
    "escalated": Text("督办", "To follow up"),
    "letter": Text("文书送达", "A letter"),
    "case": Text("指定经办", "A case to work on"),
    "opened": Text("待填报", "To be filled in"),
    "clue": Text("市级线索", "A clue of the city"),
    "list": Text("重点排放单位名录", "List of key emission units"),
    "security": Text("账户与权限", "Accounts and rights"),
}
NOTICE_TONES = {
    "first": "info",
    "second": "due",
    "late": "late",
    "escalated": "late",
    "letter": "info",
    "case": "info",
    "opened": "info",
    "clue": "info",
    "list": "info",
    "security": "due",
}


class Notice(models.Model):
    """One thing told to one person, once (`key`)."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=200)
    title_zh = models.CharField(max_length=400)
    title_en = models.CharField(max_length=400)
    address = models.CharField(max_length=300)
    due_on = models.DateField(null=True)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-at", "-pk")
        constraints = (models.UniqueConstraint(fields=["person", "key"], name="told_once"),)

    @property
    def place(self) -> Place:
        return Place(person_id=self.person_id)

    @property
    def title(self) -> Text:
        return Text(self.title_zh, self.title_en)


class CalendarAddress(models.Model):
    """The digest of the secret in a person's calendar address; the address itself is shown once."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="calendar_address")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    revision = models.PositiveIntegerField(default=0)

    @property
    def place(self) -> Place:
        return Place(person_id=self.person_id)
