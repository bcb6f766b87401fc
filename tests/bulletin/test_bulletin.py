import json
import re
from dataclasses import replace
from decimal import Decimal

import pytest

from tanzhi.bulletin.composition import compose, tight
from tanzhi.bulletin.printing import as_text
from tanzhi.bulletin.rows import ROWS, plan
from tanzhi.figures import FIGURES, FigureAnswer, Unanswerable
from tanzhi.rulebook.kernel import Mark, Text

pytestmark = pytest.mark.django_db
EMISSION = "verification.reported_emission"


def test_all_38_rows_of_the_press_conference_stand_in_their_order():
    assert [row.number for row in plan().rows] == list(range(1, 39))


def test_no_number_is_ever_typed_into_a_row():
    """Outside the row's own number there is no digit but that of the policy system “1+N”."""
    told = "\n".join(path.read_text("utf-8") for path in ROWS.glob("*.yaml"))
    words = re.sub(r"(row|order): \d+|code: \S+", "", told.replace("1+N", ""))  # a figure may be named after a gas
    words = "\n".join(line for line in words.splitlines() if not line.startswith("#"))
    assert re.findall(r"\d+", words.replace("CO₂", "")) == []


def test_every_figure_that_a_row_names_is_registered():
    assert {line.code for row in plan().rows for line in row.lines} <= set(FIGURES)


def test_a_sentence_is_filled_from_its_figure_in_both_languages(told):
    told[EMISSION, "2023"] = FigureAnswer(Decimal(1234567))
    row = next(r for r in compose("2024H1").printed if r.row.number == 19)
    assert row.statements[0].sentence.zh == "2023年发电企业报告排放量123.46万吨（1,234,567吨）。"
    assert row.statements[0].sentence.en == "Power enterprises reported emissions of 1.2346 Mt (1,234,567 t) for 2023."


def test_a_figure_without_a_value_says_its_state_and_no_zero(told):
    row = next(r for r in compose("2024H1").printed if r.row.number == 19)
    sentence = row.statements[0].sentence
    assert sentence.en == "“Emissions reported by power enterprises” for 2023: no figure yet, blank."
    assert sentence.zh == "2023年“发电企业报告排放量”暂无数据：未填。"


def test_a_change_against_the_year_before_is_printed_where_both_are_known(told):
    # 110 against 100 is +10 %
    told[EMISSION, "2023"], told[EMISSION, "2022"] = FigureAnswer(Decimal(110)), FigureAnswer(Decimal(100))
    row = next(r for r in compose("2024H1").printed if r.row.number == 19)
    assert row.statements[0].comparison.en == "+10.00 % against 2022"
    del told[EMISSION, "2022"]
    row = next(r for r in compose("2024H1").printed if r.row.number == 19)
    assert row.statements[0].comparison is None


def test_a_signed_change_is_said_as_a_fall_or_a_rise(told):
    told["intensity.change", "2024H1"] = FigureAnswer(
        Decimal("-52.2"), scope=Text("2022年较2005年", "2022 against 2005")
    )
    sentence = compose("2024H1").printed[0].statements[0].sentence
    assert sentence.zh == "全省单位地区生产总值二氧化碳排放2022年较2005年累计下降52.2%。"
    assert sentence.en == "The province's CO₂ emissions per unit of GDP are down 52.2 % (2022 against 2005)."


def test_rows_still_to_come_are_named_with_their_stream(told):
    bare = replace(plan(), rows=tuple(replace(row, lines=()) for row in plan().rows))
    waiting = {row.row.number: row.waiting for row in compose("2024H1", rows=bare).waiting}
    assert sorted(waiting) == list(range(1, 39))
    assert waiting[24].en == "to come: Greenhouse gas inventory"
    assert waiting[24].zh == "待温室气体清单建成后给出"


def test_a_draft_below_a_figure_is_printed_with_it(told):
    draft = Mark("draft", Text("依据征求意见稿", "follows a draft"), "x")
    told[EMISSION, "2023"] = FigureAnswer(Decimal(5), marks=frozenset({draft}))
    assert "※ follows a draft" in as_text(compose("2024H1").content, "en")
    assert "※ 依据征求意见稿" in as_text(compose("2024H1").content, "zh")


def test_reservations_of_one_kind_are_printed_once_and_counted(told):
    low = frozenset(Mark("M-low", Text("把握低", "weak"), source) for source in ("a", "b"))
    told[EMISSION, "2023"] = FigureAnswer(Decimal(5), marks=low)
    assert as_text(compose("2024H1").content, "en").count("※ weak (2 sources)") == 1


def test_text_prints_title_references_and_what_all_of_it_rests_on(told):
    text = as_text(compose("2024H1").content, "en")
    assert text.startswith("Bulletin on climate work, 2024 H1\n")
    assert f"figure:{EMISSION}?period=2023" in text
    assert "Evidence head: not sealed yet; rules release: " in text


def test_json_holds_every_row_and_exact_values(told):
    told[EMISSION, "2023"] = FigureAnswer(Decimal("95421400"))
    composed = json.loads(json.dumps(compose("2024H1").as_dict()))
    row = composed["rows"][18]
    assert (row["row"], row["figures"][0]["value"], row["figures"][0]["unit"]) == (19, "95421400", "t")
    assert len(composed["rows"]) == 38


def test_a_period_that_is_none_is_refused():
    with pytest.raises(Unanswerable):
        compose("2024H3")


def test_chinese_sets_no_space_beside_a_number():
    words = Text("2021 年应清缴 20 家，至 2023 年 −5 %，CCER 项目 3 个", "20 plants by 2023")
    assert tight(words) == Text("2021年应清缴20家，至2023年−5 %，CCER 项目3个", "20 plants by 2023")
