"""Candidates for the CCER library out of their owner's sheet."""

from __future__ import annotations

from tanzhi.actions.registry import perform
from tanzhi.streams.ccer.imports import IMPORT
from tanzhi.streams.ccer.models import CreditProject
from tests.sheets import goes_out_as_it_comes_in, taken_in

from .conftest import Desk

HEADS = ("业主", "所在地区", "项目名称", "方法学", "建设规模")


def test_candidates_come_in_by_their_owner_and_are_withdrawn_when_it_is_undone(desk: Desk) -> None:
    done = taken_in(IMPORT, desk.owner, HEADS, ("OWN", "地区990100", "光热发电项目", "CCER-01-001-V01", "50 MW"))
    assert list(CreditProject.objects.values_list("zh", "state", "scale")) == [("光热发电项目", "candidate", "50 MW")]
    goes_out_as_it_comes_in(IMPORT, desk.owner, 1)
    perform(IMPORT.undo_name, desk.owner, done, {"reason": "重复申报"})
    assert CreditProject.objects.get().state == "withdrawn"
