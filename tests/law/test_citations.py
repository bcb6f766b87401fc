"""The sources of law in English: title, place and remark; and no source of the platform stands only in Chinese."""

from __future__ import annotations

import re

import pytest

from tanzhi.actions.states import CASE_TYPES
from tanzhi.actions.table import ACTIONS
from tanzhi.figures.registry import FIGURES
from tanzhi.law.citations.english import CHINESE, cited, whole_number
from tanzhi.rulebook.kernel.catalogue import guidelines
from tanzhi.rulebook.kernel.text import Text

NUMBER = re.compile(r"[\u4e00-\u9fff]+〔\d{4}〕\d+号")
"""The number under which a document was issued: it stands in English as it was issued."""


@pytest.mark.parametrize(
    ("source", "english"),
    [
        (
            "碳排放权交易管理办法（试行）第二十七条",
            "Measures for the Administration of Carbon Emission Trading (trial), Article 27",
        ),
        (
            "碳排放权交易管理暂行条例, 第二十一至二十六条",
            "Interim Regulations on the Administration of Carbon Emission Trading, Articles 21–26",
        ),
        ("行政处罚法, 第四十五、六十四条", "Administrative Penalty Law, Articles 45, 64"),
        ("行政处罚法, 第五十七条第一款第（三）项", "Administrative Penalty Law, Article 57, paragraph 1, item (3)"),
        ("生态环境法典第九百六十七条第（一）项", "Ecological and Environmental Code, Article 967, item (1)"),
        ("CETS-AG-01.01-V02-2022, 附录A", "CETS-AG-01.01-V02-2022, Appendix A"),
        (
            "国环规气候〔2024〕1号，附1表2第2、3项",
            "Allocation plan for 2023 and 2024 (国环规气候〔2024〕1号), Annex 1, table 2, items 2, 3",
        ),
        (
            "环办气候函〔2025〕140号第（十一）项（2024年度配额）",
            "Notice on the work of the carbon market in 2025 (环办气候函〔2025〕140号), item (11) (allowances of 2024)",
        ),
        ("GB/T 32150-2015", "GB/T 32150-2015"),
    ],
)
def test_a_source_is_cited_by_title_place_and_remark(source: str, english: str) -> None:
    assert cited(source) == Text(source, english)


@pytest.mark.parametrize("source", ["省厅会议纪要第三期", "碳排放权交易管理暂行条例的解释"])
def test_what_somebody_entered_in_other_words_stands_as_entered(source: str) -> None:
    assert cited(source).en == source


@pytest.mark.parametrize(
    ("numeral", "number"),
    [("七", 7), ("十", 10), ("十二", 12), ("四十", 40), ("一百一十", 110), ("二百零一", 201), ("一千二百二十六", 1226)],
)
def test_a_number_in_chinese_is_read(numeral: str, number: int) -> None:
    assert whole_number(numeral) == number


def sources() -> set[str]:
    """Every source of law that the platform itself states: of rules, checks, values, actions, moves and deadlines."""
    stated = {action.law for action in ACTIONS.values()} | {figure.law for figure in FIGURES.values()}
    for guideline in guidelines().values():
        stated |= {rule.law for rules in guideline.rules.values() for rule in rules}
        stated |= {check.law for check in guideline.checks}
        for table in guideline.parameters:
            stated |= {table.law, *(entry.source for entry in table.entries)}
    for kind in CASE_TYPES.values():
        stated |= {kind.law, *(move.law for move in kind.moves), *(limit.law for limit in kind.limits.values())}
    return stated


def test_no_source_of_the_platform_stands_only_in_chinese() -> None:
    left = {source for source in sources() if CHINESE.search(NUMBER.sub("", cited(source).en))}
    assert left == set()
