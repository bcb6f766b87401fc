"""An owner's projects out of a sheet: words for codes, out again and in again, undone while they are drafts."""

from __future__ import annotations

import pytest

from tanzhi.actions.registry import Refused, perform
from tanzhi.streams.finance.imports import IMPORT
from tanzhi.streams.finance.models import Project
from tests.sheets import goes_out_as_it_comes_in, taken_in
from tests.streams.finance.conftest import Library

HEADS = (
    "项目业主", "申报去向", "建设地点", "项目名称", "项目类型", "分类", "总投资（万元）", "贷款需求（万元）",
    "负面清单", "三年内严重环境处罚",
)  # fmt: skip
ROW = (
    "OWN", "LIB", "990100", "光伏发电项目", "可再生能源发电", "低碳能源", "132,000", 90000, "不属于负面清单",
    "三年内未受过严重环境处罚",
)  # fmt: skip
WHY = {"reason": "名单不全"}


def test_projects_come_in_by_their_words_and_go_out_the_same(library: Library) -> None:
    done = taken_in(IMPORT, library.owner, HEADS, ROW, (*ROW[:3], "第二个光伏项目", *ROW[4:]))
    assert {(each.zh, each.category, each.investment_fen, each.state) for each in Project.objects.all()} == {
        ("光伏发电项目", "M2", 132_000_000_000, "draft"),
        ("第二个光伏项目", "M2", 132_000_000_000, "draft"),
    }
    goes_out_as_it_comes_in(IMPORT, library.owner, 2)
    perform(IMPORT.undo_name, library.owner, done, WHY)
    assert not Project.objects.exists()


def test_a_project_whose_benefit_is_stated_is_not_undone(library: Library) -> None:
    done = taken_in(IMPORT, library.owner, HEADS, ROW)
    library.state(Project.objects.get())
    with pytest.raises(Refused) as refused:
        perform(IMPORT.undo_name, library.owner, done, WHY)
    assert refused.value.code == "IMP-BUILT"
    assert Project.objects.count() == 1


@pytest.mark.parametrize(
    ("at", "words", "code", "place"),
    [
        (1, "PILOT", "FIN-05", "Sheet!B2"),
        (6, "13.2", "FIN-02", "Sheet!G2"),
        (7, 132_001, "FIN-01", "Sheet!H2"),
        (8, "新建、扩建煤电", "FIN-04", "Sheet!2"),
        (6, "一亿", "VAL-NUMBER", "Sheet!G2"),
    ],
)
def test_what_the_application_refuses_is_told_at_its_cell(
    library: Library, at: int, words: object, code: str, place: str
) -> None:
    row = list(ROW)
    row[at] = words  # type: ignore[call-overload]
    if code == "FIN-02":
        row[7] = 9
    with pytest.raises(Refused) as refused:
        taken_in(IMPORT, library.owner, HEADS, tuple(row))
    assert [(each.code, each.place) for each in refused.value.findings] == [(code, place)]
    assert not Project.objects.exists()


def test_an_authority_and_another_owner_import_no_project_of_this_one(library: Library) -> None:
    for who in (library.city, library.officer, library.bank):
        with pytest.raises(Refused):
            taken_in(IMPORT, who, HEADS, ROW)
    assert not Project.objects.exists()
