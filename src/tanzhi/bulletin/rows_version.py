"""A version of the bulletin's rows and wording: drafted, adopted by two people, in force from a day on."""

from __future__ import annotations

from datetime import date

from django.urls import reverse

from tanzhi.organisations.installation.version import DatedVersion
from tanzhi.rulebook.kernel.text import Text

from .overlay import Overlay
from .rows import BulletinPlan, plan


class RowsVersion(DatedVersion):
    """What an installation says otherwise than the program's own rows."""

    title = Text("发布稿行文", "Rows and wording of the bulletin")

    class Meta(DatedVersion.Meta):
        pass

    @property
    def wording(self) -> Overlay:
        return Overlay.model_validate(self.overlay)

    @property
    def content(self) -> BulletinPlan:
        return self.wording.over(plan())

    def says_as(self, other: RowsVersion) -> bool:
        """The same rows, and the same chapters in the same order."""
        return self.content == other.content and list(self.content.streams) == list(other.content.streams)

    def get_absolute_url(self) -> str:
        return reverse("bulletin:rows_version", args=[self.pk])


def plan_on(day: date) -> tuple[int, BulletinPlan]:
    """The number of the version in force on a day, and its rows; 0: the program's own."""
    version = RowsVersion.on(day)
    return version.number, version.content
