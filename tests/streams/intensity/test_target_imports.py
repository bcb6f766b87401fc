"""Targets out of a sheet, a row a region."""

from __future__ import annotations

import pytest

from tanzhi.actions.registry import Actor, Refused, perform
from tanzhi.streams.intensity.targets.imports import IMPORT
from tanzhi.streams.intensity.targets.model import Target
from tests.factories import World
from tests.sheets import goes_out_as_it_comes_in, taken_in

ROWS = (("地市", "基年", "目标年", "下降（%）", "文件"), ("地区990000", 2020, 2025, "13.50", "某文件"),
        ("地区990100", 2020, 2025, 14, "某文件"))  # fmt: skip


def test_targets_of_a_province_and_its_cities_come_in_and_go_out(officer: Actor, world: World) -> None:
    done = taken_in(IMPORT, officer, *ROWS)
    assert list(Target.objects.order_by("region__code").values_list("region__code", "decline")) == [
        ("990000", "13.50"),
        ("990100", "14"),
    ]
    goes_out_as_it_comes_in(IMPORT, officer, 2)
    perform(IMPORT.undo_name, officer, done, {"reason": "文件有误"})
    assert not Target.objects.exists()


def test_a_share_in_place_of_per_cent_is_told_at_its_cell(officer: Actor, world: World) -> None:
    with pytest.raises(Refused) as refused:
        taken_in(IMPORT, officer, ROWS[0], ("地区990100", 2020, 2025, "0.135", "某文件"))
    assert [(one.code, one.place) for one in refused.value.findings] == [("INT-05", "Sheet!D2")]
