"""The region a figure is about: as asked, or the installation's home province."""

from __future__ import annotations

from django.conf import settings

from tanzhi.organisations.register.model import Region
from tanzhi.organisations.register.queries import region_by_code
from tanzhi.rulebook.kernel import Text

from .questions import Question, Unanswerable


def region_of(question: Question) -> Region:
    return region_by_code(question.region) if question.region else home_province()


_NONE = Text("尚未建立省级区域", "there is no province yet")
_MANY = Text(
    "有多个省级区域：请写明 region，或设置 TANZHI_PROVINCE", "several provinces: name a region, or set TANZHI_PROVINCE"
)


def home_province() -> Region:
    """The one that the installation names, or the only one there is."""
    if settings.TANZHI_PROVINCE:
        return region_by_code(settings.TANZHI_PROVINCE)
    provinces = list(Region.objects.filter(kind="province")[:2])
    if len(provinces) != 1:
        raise Unanswerable("FIG-REGION", _MANY if provinces else _NONE)
    return provinces[0]
