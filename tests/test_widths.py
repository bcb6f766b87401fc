"""What PostgreSQL would refuse to store fails on SQLite too, in every test."""

from __future__ import annotations

import pytest
from django.db import DataError, transaction

from tanzhi.evidence.tracking import unrecorded
from tanzhi.organisations.models import Region

pytestmark = [pytest.mark.django_db, pytest.mark.engine]
FITTING = {"code": "970000", "path": "970000/", "name_zh": "异地", "name_en": "Elsewhere", "kind": "province"}


@pytest.mark.parametrize(
    "change",
    [{"code": "9" * 13}, {"name_zh": "地" * 101}, {"name_en": "a\x00b"}, {"row": 32_768}, {"revision": 2**31}],
    ids=lambda change: next(iter(change)),
)
def test_what_does_not_fit_its_column_is_refused_by_both_engines(change: dict[str, object]) -> None:
    with unrecorded(), transaction.atomic(), pytest.raises((DataError, ValueError)):
        Region.objects.bulk_create([Region(**FITTING | {"since": "2020-01-01"} | change)])


def test_what_fits_to_the_last_character_is_kept() -> None:
    widest = {"code": "9" * 12, "name_zh": "地" * 100, "row": 32_767, "revision": 2**31 - 1}
    with unrecorded():
        Region.objects.bulk_create([Region(**FITTING | {"since": "2020-01-01"} | widest)])
    kept = Region.objects.get(code="9" * 12)
    assert (len(kept.name_zh), kept.row, kept.revision) == (100, 32_767, 2**31 - 1)
