"""Exact evaluation: what a record holds, however odd, becomes a value with a state and a reason, never an exception."""

from collections import Counter
from decimal import Decimal

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from tanzhi.rulebook.kernel import (
    Guideline,
    GuidelineFault,
    Parameters,
    Text,
    check,
    chosen,
    explain,
    explain_text,
    given,
    records,
    total,
    where,
)
from tanzhi.rulebook.kernel.evaluation import evaluate
from tanzhi.rulebook.kernel.parameter_files import read_file
from tanzhi.rulebook.kernel.reading import is_day, is_month

TABLES = """
- name: factor
  label: {zh: 因子, en: Factor}
  unit: "1"
  keys: [fuel]
  values:
    - {fuel: coal, value: "2", since: 2020, until: 2025-06, source: s, confidence: S}
    - {fuel: coal, value: "3", since: 2025-07, source: s, confidence: S}
- name: site_factor
  label: {zh: 场址因子, en: Site factor}
  unit: "1"
  keys: [unit]
  values:
    - {unit: "1", value: "5", since: 2020, until: 2022-06, source: s, confidence: S}
    - {unit: "1", value: "6", since: 2022-07, until: 2024, source: s, confidence: S}
"""


def text(words):
    return Text(words, words)


law = Guideline(
    "law",
    title=text("law"),
    levels={"enterprise": "enterprises", "unit": "units", "month": "months", "fuel": "fuels"},
    parameters=Parameters({p.name: p for p in read_file(TABLES, "t.yaml")}),
)


@law.input("MW", level="unit", decimals=0, label=text("power"))
def power(): ...


@law.input("h", level="month", label=text("hours"))
def hours(): ...


@law.choice(level="fuel", label=text("fuel"), options={"coal": text("coal"), "oil": text("oil")})
def fuel(): ...


@law.input("t", level="fuel", decimals=2, label=text("burned"))
def burned(): ...


@law.text(level="unit", label=text("plate"))
def plate(): ...


@law.date(level="unit", label=text("started"))
def started(): ...


@law.quantity("t", level="fuel", label=text("emission"))
def emission(burned, factor):
    return burned * factor


@law.quantity("t", level="unit", label=text("site_emission"))
def site_emission(emission, site_factor):
    return total(emission) * site_factor


@law.quantity("t", level="fuel", label=text("coal_burned"))
def coal_burned(burned, fuel):
    return where(chosen(fuel, "coal"), burned, 0)


@law.quantity("1", level="unit", label=text("load"))
def load(emission, power):
    return total(emission) / power


@law.quantity("1", level="fuel", label=text("share"))
def share(burned, power, extra=None):
    return burned / power + given(extra, 0)


@law.input("1", level="fuel", label=text("extra"), until=2024)
def extra(): ...


@law.quantity("1", level="unit", label=text("decided"))
def decided(hours):
    return 1 if total(hours) > 10 else 0


@law.quantity("1", level="unit", label=text("nothing"))
def nothing(power):
    return None


@law.quantity("1", level="unit", label=text("answer"))
def answer(power):
    return power > 10


@law.quantity("1", level="unit", label=text("huge"))
def huge(power):
    return Decimal(10) ** (power * 10**9)


@law.check(
    "L-1",
    severity="error",
    level="unit",
    fields=("answer", "plate", "hours"),
    message=text("{found}"),
    expected=text("no"),
)
def too_strong(answer, plate=None, hours=None):
    return answer


law.seal()


def unit(year=2024, months=(), **fields):
    return evaluate(law, year, {"units": [{"unit": "1", **fields, "months": list(months)}]}).at("unit")[0]


def burning(*burned, month="2024-01", fuel="coal"):
    return {"month": month, "fuels": [{"fuel": fuel, "burned": b} for b in burned]}


def test_a_blank_is_not_a_zero():
    assert unit(power="0").value("power").state == "known"
    for blank in (None, "", "  "):
        assert (unit(power=blank).value("power").state, unit(power=blank).value("power").number) == ("blank", None)
    assert unit().value("power").reason.en == "power is blank"


def test_states_stay_apart_in_the_total():
    assert unit(months=[burning("1", "EX", "")]).value("load").state == "blank"  # power is blank
    assert unit(months=[burning("1", "EX", "")], power="2").value("load").number == 1
    assert unit(months=[burning("1", "NR")], power="2").value("load").state == "not_reported"
    assert unit(months=[burning("EX", "EX")], power="2").value("load").state == "excluded"
    assert unit(months=[burning("", "EX")], power="2").value("load").state == "blank"
    assert unit(power="2").value("load").state == "blank"
    assert unit(months=[burning("1", "x")], power="2").value("load").state == "not_determinable"


def test_a_total_without_its_blanks_is_marked_incomplete():
    marks = unit(months=[burning("1", "EX", "")], power="2").value("load").marks
    assert [(m.kind, m.text.en) for m in marks] == [("incomplete", "emission: 1 of 2 are blank")]
    assert unit(months=[burning("1", "EX")], power="2").value("load").marks == frozenset()


def test_a_fuel_that_is_excluded_needs_no_parameter():
    oil = burning("EX", fuel="oil")
    assert unit(months=[burning("1"), oil], power="2").value("load").number == 1
    needed = unit(months=[burning("1"), burning("1", fuel="oil")], power="2").value("load")
    assert needed.reason.en == "parameter factor for year 2024 (fuel=oil) missing"


def test_a_key_that_is_blank_makes_the_parameter_blank():
    assert unit(months=[burning("1", fuel="")]).at("fuel")[0].value("factor").state == "blank"
    assert (
        unit(months=[burning("1", fuel="wood")]).at("fuel")[0].value("emission").reason.en
        == "fuel: “wood” is none of the options"
    )


def test_a_parameter_that_changes_within_the_year_is_taken_by_month():
    node = unit(2025, months=[burning("1", month="2025-06"), burning("1", month="2025-07")])
    assert [v.number for v in node.values("emission")] == [2, 3]
    early = unit(2022, months=[burning("1", month="2022-03")]).value("site_emission")
    assert early.reason.en == (
        "parameter site_factor for year 2022 (unit=1) missing: values hold for a part of it; they change on 2022-07-01"
    )
    assert unit(2023, months=[burning("1", month="2023-03")]).value("site_emission").number == 12


def test_a_month_that_is_none_counts_as_the_year():
    assert unit(2024, months=[burning("1", month="spring")]).values("emission")[0].number == 2


def test_division_by_zero_is_told_and_does_not_raise():
    value = unit(months=[burning("1")], power="0").value("load")
    assert (value.state, value.reason.en) == ("not_determinable", "division by zero (power is 0)")


def test_a_number_beyond_computing_is_told_and_does_not_raise():
    assert unit(power="12345678901234567890").value("huge").reason.en == "a number beyond what can be computed"


def test_a_rule_that_asks_something_absent_for_yes_or_no_is_absent():
    assert unit(months=[{"month": "2024-01"}]).value("decided").state == "blank"
    assert unit(months=[{"month": "2024-01", "hours": "11"}]).value("decided").number == 1


def test_a_rule_may_yield_nothing_an_answer_or_what_an_optional_argument_lacks():
    assert unit(power="5").value("nothing").state == "blank"
    assert unit(power="5").value("answer").number is False
    assert unit(2024, months=[burning("4")], power="2").values("share")[0].number == 2
    assert unit(2025, months=[burning("4")], power="2").values("share")[0].number == 2


def test_an_input_with_too_many_digits_is_computed_at_its_declared_scale():
    value = unit(months=[burning("1.005")]).at("fuel")[0].value("burned")
    assert (value.number, value.raw) == (Decimal("1.01"), Decimal("1.005"))


@pytest.mark.parametrize("raw", ["1,5", "１２", "1e3", "abc", 1.5, True, [], {}, "1 000", "9" * 30, Decimal("NaN")])
def test_what_cannot_be_read_is_not_determinable_and_says_why(raw):
    value = unit(power=raw).value("power")
    assert value.state == "not_determinable"
    assert value.reason.zh.endswith("不是数值")


def test_numbers_may_come_as_strings_ints_or_decimals():
    assert [unit(power=p).value("power").number for p in ("+12", 12, Decimal("12"), Decimal("1.2E+1"), " 12 ")] == [
        12
    ] * 5


def test_words_and_days_are_read_as_they_are():
    node = unit(plate="A7", started="2020-02-29")
    assert (node.value("plate").number, node.value("started").number) == ("A7", "2020-02-29")
    assert unit(plate=7).value("plate").reason.en == "plate: “7” is not text"
    assert unit(started="2021-02-29").value("started").state == "not_determinable"
    assert (is_day("2021-2-1"), is_day(7), is_month("2021-02"), is_month(7)) == (False, False, True, False)


def test_a_record_knows_where_it_stands():
    node = unit(months=[burning("1", "2"), {"fuels": [{}]}])
    paths = [n.path for n in node.at("fuel")]
    assert paths == ["units[1].months[2024-01].fuels[coal]"] * 2 + ["units[1].months[2].fuels[1]"]
    assert (node.level, node.key, node.year, node.parent.path, len(node.children)) == ("unit", "1", 2024, "", 2)
    assert [n.level for n in node.walk()] == ["unit", "month", "fuel", "fuel", "month", "fuel"]
    assert node.at("fuel")[0].up("unit") is node
    assert (repr(node), repr(node.parent), repr(node.value("power"))) == (
        "Node(units[1])",
        "Node(enterprise)",
        "Value(power = blank)",
    )


def test_every_value_of_a_level_at_once():
    assert {v.name for v in unit(power="5").all_values()} >= {"power", "load", "answer"}
    assert unit().parent.all_values() == []


def test_names_are_asked_for_where_they_can_be_seen():
    node = unit(months=[burning("1")], power="2")
    assert node.at("fuel")[0].value("power").number == 2
    assert [v.number for v in node.values("power")] == [2]
    with pytest.raises(GuidelineFault, match="stands below level 'unit'"):
        node.value("burned")
    with pytest.raises(GuidelineFault, match="law has no 'coal'"):
        node.value("coal")


@pytest.mark.parametrize("units", [None, "units", 7, {"unit": "1"}, [None, "x", 7]])
def test_rows_that_are_no_rows_do_not_raise(units):
    assert all(n.value("power").state == "blank" for n in evaluate(law, 2024, {"units": units}).at("unit"))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda x: (
        st.lists(x, max_size=3)
        | st.dictionaries(
            st.sampled_from(["units", "unit", "months", "month", "fuels", "fuel", "burned", "power", "hours", "plate"]),
            x,
            max_size=5,
        )
    ),
    max_leaves=20,
)


@drawn(st.dictionaries(st.sampled_from(["units", "power"]), JSON))
def test_nothing_that_anybody_files_raises(record):
    node = evaluate(law, 2024, record)
    for here in node.walk():
        for value in here.all_values():
            assert value.state in ("known", "blank", "not_reported", "excluded", "not_determinable")
            assert explain(value).name == value.name
    check(node)


def test_shared_parameters_are_looked_up_once():
    first, second = unit(months=[burning("1", "2")]).at("fuel")
    assert first.value("factor") is second.value("factor")


def test_a_finding_shows_answers_words_and_lists():
    found = check(unit(power="20", plate="A7", months=[{"month": "2024-01", "hours": "3"}, {"month": "2024-02"}]))
    assert [(f.code, f.found.en) for f in found] == [("L-1", "True; A7; 3 h; blank")]
    assert check(unit(power="20"))[0].found.zh == "True; 未填; -"
    assert check(unit(power="5")) == []


def test_explanations_show_what_is_missing_and_shorten_long_lists():
    value = unit(months=[burning(*["-1"] * 8)], power="2").value("load")
    assert explain(value).numbers == Text(
        "合计((−2.00); (−2.00); (−2.00); (−2.00); (−2.00); (−2.00)…共8项) ÷ 2",
        "total((−2.00); (−2.00); (−2.00); (−2.00); (−2.00); (−2.00)… 8 values) ÷ 2",
    )
    signs = unit(months=[burning("-1", "0", "1")], power="2").value("load")  # negative numbers alone have brackets
    assert explain(signs).numbers.en == "total((−2.00); 0.00; 2.00) ÷ 2"
    missing = unit(months=[burning("1", fuel="oil")]).values("emission")[0]
    assert "parameter factor for year 2024 (fuel=oil) missing" in explain_text(missing, "en")
    assert explain(unit().value("load")).formula.en == "total(emission) ÷ power"
    assert explain(unit(power="2").value("load")).numbers.en == "total(−) ÷ 2"
    assert explain(unit(2025, months=[burning("1")]).at("fuel")[0].value("extra")).state == "excluded"


def test_a_parameter_may_be_asked_for_by_itself():
    fuel = unit(months=[burning("1")]).at("fuel")[0]
    assert fuel.value("factor").number == fuel.value("factor").number == 2
    assert [part.value for part in explain(fuel.value("factor")).parts] == ["coal"]
    assert evaluate(law, 2024, {}).value("site_factor").state == "blank"


def test_a_parameter_without_a_row_says_why_for_each_record_that_asks_for_it():
    months = [{"month": "2024-01", "fuels": [{"fuel": word, "burned": "1"} for word in ("peat", "wood", None)]}]
    fuels = unit(months=months).at("fuel")
    for name in ("factor", "emission"):
        assert [fuel.value(name).reason for fuel in fuels] == [fuel.value("fuel").reason for fuel in fuels], name
    assert len({fuel.value("fuel").reason for fuel in fuels}) == 3


def test_a_level_beside_this_one_cannot_be_seen():
    beside = Guideline(
        "beside",
        title=text("beside"),
        levels={"enterprise": "enterprises", "unit": "units", "product": "products"},
        under={"product": "enterprise"},
        parameters=Parameters(),
    )
    beside.input("t", level="product", label=text("bread"))(bread)
    node = evaluate(beside, 2024, {"units": [{}], "products": [{"bread": "1"}]})
    assert [v.number for v in node.values("bread")] == [1]
    assert [n.level for n in node.children] == ["unit", "product"]
    with pytest.raises(GuidelineFault, match=r"'bread' \(level product\) cannot be seen from level 'unit'"):
        node.at("unit")[0].value("bread")


def bread(): ...


def test_whatever_is_asked_of_a_province_each_record_computes_a_quantity_once(monkeypatch):
    computed = Counter()
    compute = records._by_definition

    def counted(node, rule):
        computed[id(node), rule.name] += 1
        return compute(node, rule)

    monkeypatch.setattr(records, "_by_definition", counted)
    months = [burning("1.11", "2.22", month=f"2024-{m:02}") for m in range(1, 13)]
    province = {"units": [{"unit": "1", "power": "600", "months": months} for _ in range(60)]}
    node = evaluate(law, 2024, province)
    for _ in range(2):
        values = [value for here in node.walk() for value in here.all_values()]
        explain(node.at("unit")[0].value("load"))
    assert len(node.at("fuel")) == 1440
    assert len(values) > 1440
    assert len(computed) > 1440
    assert set(computed.values()) == {1}


def test_a_code_is_put_into_the_formula_like_a_number():
    value = unit(months=[burning("1")]).at("fuel")[0].value("coal_burned")
    assert explain(value).numbers.en == "if(chosen(coal; coal); 1.00; 0)"
