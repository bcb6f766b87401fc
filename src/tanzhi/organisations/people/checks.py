"""What `check-deploy` says of rights: time codes switched off, no first administrators."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import Tags, Warning, register
from django.db import DatabaseError

from .model import Founding


@register(Tags.security, deploy=True)
def rights(**_: Any) -> list[Warning]:
    """An installation in use demands time codes, and began with two named administrators."""
    warnings = []
    if settings.TANZHI_TIME_CODES == "off":
        words = "动态码未强制 / time codes are not compulsory (TANZHI_TIME_CODES=off)"
        warnings.append(Warning(words, hint="unset TANZHI_TIME_CODES", id="tanzhi.W001"))
    try:
        founded = Founding.objects.exists()
    except DatabaseError:
        return warnings  # not migrated yet: another check says so
    if not founded:
        words = "没有首批管理员 / there are no first administrators"
        warnings.append(Warning(words, hint="tanzhi admin create", id="tanzhi.W002"))
    return warnings
