"""Clauses out of a sheet: above before below, whatever their order; out again and in again; undone while unused."""

from __future__ import annotations

import pytest

from tanzhi.actions.registry import Actor, Refused, perform
from tanzhi.organisations.register.model import Region
from tanzhi.streams.policy.documents.imports import IMPORT
from tanzhi.streams.policy.documents.model import Document
from tests.sheets import goes_out_as_it_comes_in, taken_in
from tests.streams.policy.conftest import assigned, in_force

pytestmark = pytest.mark.django_db
HEADS = ("文号", "条款号", "条款标题", "需落实任务")
WHY = {"reason": "文件版本不对"}


@pytest.fixture
def bare(officer: Actor, province: Region) -> Document:
    return in_force(officer, province, clauses=(), number="示政发〔2024〕1号")


def test_clauses_come_in_whatever_their_order_and_go_out_the_same(officer: Actor, bare: Document) -> None:
    rows = [(bare.number, "2.1", "煤电改造", "是"), ("示例方案", "2", "能源", "否"), (bare.number, 1, "总则", "否")]
    done = taken_in(IMPORT, officer, HEADS, *rows)
    found = {clause.number: (clause.title_zh, clause.title_en, clause.assigns) for clause in bare.clauses.all()}
    assert found == {
        "1": ("总则", "总则", False), "2": ("能源", "能源", False), "2.1": ("煤电改造", "煤电改造", True),
    }  # fmt: skip
    goes_out_as_it_comes_in(IMPORT, officer, 3)
    perform(IMPORT.undo_name, officer, done, WHY)
    assert not bare.clauses.exists()


def test_a_clause_that_a_task_carries_out_is_not_undone(officer: Actor, bare: Document) -> None:
    done = taken_in(IMPORT, officer, HEADS, (bare.number, 1, "总则", "是"))
    assigned(officer, bare)
    with pytest.raises(Refused) as refused:
        perform(IMPORT.undo_name, officer, done, WHY)
    assert refused.value.code == "IMP-BUILT"
    assert bare.clauses.count() == 1


@pytest.mark.parametrize(
    ("row", "code", "place"),
    [
        (("示政发〔1999〕1号", 1, "总则", "否"), "POL-DOC", "Sheet!A2"),
        (("示政发〔2024〕1号", "3.1", "款", "否"), "POL-CLAUSE", "Sheet!B2"),
        (("示政发〔2024〕1号", "第一条", "款", "否"), "ACT-INPUT", "Sheet!B2"),
    ],
)
def test_a_clause_without_its_document_or_the_one_above_is_told_at_its_cell(
    officer: Actor, bare: Document, row: tuple[object, ...], code: str, place: str
) -> None:
    with pytest.raises(Refused) as refused:
        taken_in(IMPORT, officer, HEADS, row)
    assert [(each.code, each.place) for each in refused.value.findings] == [(code, place)]
    assert not bare.clauses.exists()


def test_a_plant_and_another_province_import_no_clauses(bare: Document, clerk: Actor, other_officer: Actor) -> None:
    for who in (clerk, other_officer):
        with pytest.raises(Refused):
            taken_in(IMPORT, who, HEADS, (bare.number, 1, "总则", "否"))
    assert not bare.clauses.exists()
