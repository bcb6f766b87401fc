"""Rules are valid by day: an invented kiln whose law changes on 1 July 2024, and whose fines go by the day."""

from datetime import date
from pathlib import Path

import pytest

from tanzhi.rulebook.kernel import Guideline, Parameters, Text, catalogue, check, examine, form, schema, total
from tanzhi.rulebook.kernel.entries import Period
from tanzhi.rulebook.kernel.evaluation import evaluate
from tanzhi.rulebook.kernel.validity import CODES, ValidityFault
from tests.rulebook.columns.comparing import differences

LABEL = Text("量", "quantity")
LEVELS = {"enterprise": "enterprises", "unit": "units", "month": "months", "fuel": "fuels"}
EVERY_MONTH = [f"2024-{n:02d}" for n in range(1, 13)]


def kiln(**more):
    """An invented guideline, with nothing in it."""
    return Guideline("kiln", title=LABEL, levels=LEVELS, parameters=Parameters(), **more)


def law_of_july():
    """Burnt fuel counts twice until June and three times from July on; soot is asked and taxed from July on only."""
    g = kiln()

    @g.input("t", level="fuel", decimals=2, label=LABEL, form="month", required=True)
    def burnt(): ...

    @g.input("t", level="fuel", decimals=2, label=LABEL, form="month", required=True, minimum="0")
    def soot_since_2024_07_01(): ...

    @g.quantity("t", level="fuel", decimals=1, label=LABEL, law="first law")
    def smoke(burnt):
        return burnt * 2

    @g.quantity("t", level="fuel", decimals=1, label=LABEL, law="second law")
    def smoke_since_2024_07_01(burnt, soot):
        return burnt * 3 + soot

    @g.quantity("t", level="month", decimals=1, label=LABEL)
    def month_smoke(smoke):
        return total(smoke)

    @g.quantity("t", level="unit", decimals=0, label=LABEL)
    def unit_smoke(month_smoke):
        return total(month_smoke)

    _checks_of_july(g)
    return g.seal()


def _checks_of_july(g):
    """Too much is more than 5 t until June, more than 8 t from July on."""
    terms = {"severity": "note", "level": "fuel", "message": LABEL, "expected": LABEL}

    @g.check("KILN-1", **terms, until=date(2024, 6, 30))
    def much(burnt):
        return burnt > 5

    @g.check("KILN-1", **terms, since=date(2024, 7, 1))
    def more(burnt):
        return burnt > 8


def record(months=EVERY_MONTH, burnt="7", since="2024-07", **more):
    """A kiln that burnt as much in each month, with the soot of those months that are asked for it."""
    fuels = [{"burnt": burnt, **({"soot": "0.5"} if month >= since else {}), **more} for month in months]
    return {
        "units": [{"unit": "1", "months": [{"month": m, "fuels": [f]} for m, f in zip(months, fuels, strict=True)]}]
    }


def refused(code, *rules, level="fuel", by_day=False):
    """The fault of a guideline with these definitions; each a function and its terms."""
    g = kiln(by_day=by_day)
    for function, terms in rules:
        g.quantity("t", **({"level": level, "label": LABEL} | terms))(function)
    with pytest.raises(ValidityFault) as fault:
        g.seal()
    assert fault.value.code == code
    assert code in str(fault.value)
    assert fault.value.text.zh != fault.value.text.en
    return fault.value.text


def test_each_month_goes_by_the_law_of_its_days_and_the_year_adds_them_up():
    top = evaluate(law_of_july(), 2024, record())
    months = {node.key: node.value("month_smoke") for node in top.at("month")}
    assert {key: str(value.number) for key, value in months.items()} == {
        month: "14.0" if month < "2024-07" else "21.5" for month in EVERY_MONTH
    }
    assert str(top.at("unit")[0].value("unit_smoke").number) == "213"  # 6 × 14.0 + 6 × 21.5
    assert {node.value("smoke").rule.law for node in top.at("fuel")[:6]} == {"first law"}
    assert {node.value("smoke").rule.law for node in top.at("fuel")[6:]} == {"second law"}


def test_what_begins_within_the_year_is_excluded_in_the_months_before():
    soot = [node.value("soot") for node in evaluate(law_of_july(), 2024, record()).at("fuel")]
    assert [value.state for value in soot] == ["excluded"] * 6 + ["known"] * 6
    assert soot[5].reason.en == "quantity is not in force in 2024-06"


@pytest.mark.parametrize("year", [2023, 2024, 2025])
@pytest.mark.parametrize("burnt", ["7", "0.05", "", "NR", "90071992547409.93", "abc"])
def test_columns_say_the_same_on_both_sides_of_the_boundary(year, burnt):
    months = [f"{year}-{n:02d}" for n in range(1, 13)]
    records = [record(months, burnt), record(months[4:9], burnt, since="2020"), record(["", "2022-08"], burnt)]
    assert differences(law_of_july(), year, records) == []


def test_a_month_without_a_date_cannot_be_told_and_says_on_which_day_the_law_changes():
    value = evaluate(law_of_july(), 2024, record([""])).at("fuel")[0].value("smoke")
    assert value.state == "not_determinable"
    assert "changes on 2024-07-01, within 2024-01-01 to 2024-12-31" in value.reason.en
    assert "2024-07-01" in value.reason.zh


def test_a_year_over_the_boundary_is_refused_where_it_is_not_split_by_months():
    g = kiln(by_day=True)

    def fine(): ...

    def fine_since_2024_05_01(): ...

    def toll_since_2024_05_01(): ...

    for function, law in ((fine, "old"), (fine_since_2024_05_01, "new"), (toll_since_2024_05_01, "new")):
        g.input("CNY", level="enterprise", label=LABEL, law=law)(function)

    def laws(year, on=None):
        top = evaluate(g.seal(), year, {"fine": "1", "toll": "2"}, on=on)
        return [(top.value(name).state, top.value(name).rule and top.value(name).rule.law) for name in ("fine", "toll")]

    assert laws(2023) == [("known", "old"), ("excluded", None)]
    assert laws(2024, on=date(2024, 4, 30)) == [("known", "old"), ("excluded", None)]
    assert laws(2024, on=date(2024, 5, 1)) == laws(2025) == [("known", "new"), ("known", "new")]
    assert [state for state, _ in laws(2024)] == ["not_determinable", "not_determinable"]
    assert "changes on 2024-05-01" in evaluate(g, 2024, {"toll": "2"}).value("toll").reason.en


def test_a_law_that_ends_within_the_year_changes_on_the_day_after_its_last():
    """It begins with the year, which is no change within it."""
    g = kiln(by_day=True)

    def toll_since_2024(): ...

    g.input("CNY", level="enterprise", label=LABEL, until=date(2024, 6, 30))(toll_since_2024)
    assert "changes on 2024-07-01" in evaluate(g.seal(), 2024, {"toll": "2"}).value("toll").reason.en


def test_a_check_that_changes_within_the_year_asks_each_month_by_its_own_law():
    found = check(evaluate(law_of_july(), 2024, record(["2024-06", "2024-07"])))
    assert [finding.place for finding in found] == ["units[1].months[2024-06].fuels[1]"]
    found = check(evaluate(law_of_july(), 2024, record(["2024-06", "2024-07"], burnt="9")))
    assert len(found) == 2


def test_the_form_of_the_year_asks_only_in_the_months_in_which_the_field_is_law():
    month = form(law_of_july(), "month", 2024)
    assert [f.days for f in month.table("fuel").fields] == [None, Period(date(2024, 7, 1), date.max)]
    whole = record()
    for unit in whole["units"]:
        unit["months"] = [m | {"fuels": [f | {"fuel": "coal"} for f in m["fuels"]]} for m in unit["months"]]
    assert examine(month, whole) == []
    fuels = [m["fuels"][0] for m in whole["units"][0]["months"]]
    fuels[5]["soot"], fuels[6]["soot"] = "1", ""
    assert [(f.code, f.place) for f in examine(month, whole)] == [
        ("FORM-DAYS", "units[1].months[2024-06].fuels[coal]"),
        ("FORM-REQUIRED", "units[1].months[2024-07].fuels[coal]"),
    ]
    levels = schema(month)["properties"]["units"]["items"]["properties"]["months"]["items"]["properties"]["fuels"]
    assert levels["items"]["required"] == ["fuel", "burnt"]
    assert schema(form(law_of_july(), "month", 2025))["properties"]["units"] != schema(month)["properties"]["units"]
    assert [f.days for f in form(law_of_july(), "month", 2025).table("fuel").fields] == [None, None]


def test_a_definition_without_an_end_ends_the_day_before_the_next_and_the_catalogue_says_so():
    rules = catalogue([law_of_july()])[0]["rules"]
    assert [(r["since"], r["until"]) for r in rules if r["name"] == "smoke"] == [
        (None, "2024-06-30"),
        ("2024-07-01", None),
    ]


def test_editions_are_drafted_once_for_the_days_between_two_changes():
    g = law_of_july()
    assert g.edition(2019) is g.edition(2023) is g.edition(date(2024, 6, 30)) is g.edition(Period.of(2024, 2))
    assert g.edition(2025) is g.edition(2050) is g.edition(date(2024, 7, 1))
    assert g.edition(2024) is g.edition(Period(date(2024, 6, 30), date(2024, 7, 1)))
    assert set(g.edition(2024).divided) == {"soot", "smoke"}
    assert not g.edition(2023).divided
    assert not g.edition(2025).divided


def test_two_definitions_of_one_day_are_refused():
    def size(): ...

    def size_since_2023(): ...

    refused("RULE-TWICE", (size_since_2023, {}), (size, {"since": date(2023, 1, 1)}))


def test_an_end_before_the_beginning_is_refused():
    def size_since_2024_07_01(): ...

    refused("RULE-ORDER", (size_since_2024_07_01, {"until": date(2024, 6, 30)}))


@pytest.mark.parametrize(
    ("until", "code"),
    [(date(2024, 7, 31), "RULE-OVERLAP"), (2024, "RULE-OVERLAP"), (date(2024, 5, 31), "RULE-GAP"), (2023, "RULE-GAP")],
)
def test_validity_that_overlaps_or_leaves_a_gap_is_refused(until, code):
    def size(): ...

    def size_since_2024_07_01(): ...

    words = refused(code, (size_since_2024_07_01, {}), (size, {"until": until}))
    assert "2024-07-01" in words.zh
    assert "2024-07-01" in words.en


@pytest.mark.parametrize(
    ("level", "since", "told_apart"),
    [
        ("enterprise", date(2024, 1, 1), True),
        ("enterprise", date(2024, 7, 1), False),
        ("unit", date(2024, 7, 1), False),
        ("month", date(2024, 7, 1), True),
        ("month", date(2024, 7, 15), False),
        ("fuel", date(2024, 7, 1), True),
        ("fuel", date(2024, 7, 2), False),
    ],
)
def test_a_day_that_the_period_of_a_level_cannot_tell_apart_is_refused(level, since, told_apart):
    def size(): ...

    if not told_apart:
        refused("RULE-PERIOD", (size, {"since": since, "level": level}))
        refused("RULE-PERIOD", (size, {"until": since, "level": level}))
    g = kiln(by_day=not told_apart)
    g.quantity("t", level=level, label=LABEL, since=since)(size)
    assert g.seal().edition(since)["size"].since == since


def test_a_change_within_a_year_keeps_what_a_column_and_a_field_hold():
    def size(): ...

    def size_since_2024_07_01(): ...

    refused("RULE-CHANGED", (size, {"decimals": 1}), (size_since_2024_07_01, {"decimals": 2}))
    refused("RULE-CHANGED", (size, {}), (size_since_2024_07_01, {"level": "month"}))


@pytest.mark.parametrize(("month", "code"), [(1, ""), (2, "RULE-CHANGED"), (7, "RULE-CHANGED")])
def test_with_a_new_year_a_column_and_a_field_may_hold_something_else(month, code):
    def size(): ...

    day = date(2024, month, 1)
    if code:
        refused(code, (size, {"decimals": 1}), (size, {"decimals": 2, "since": day}))
        return
    g = kiln()
    for terms in ({"decimals": 1}, {"decimals": 2, "since": day}):
        g.quantity("t", level="fuel", label=LABEL, **terms)(size)
    assert [g.seal().edition(year)["size"].decimals for year in (2023, 2024)] == [1, 2]


def test_every_code_of_validity_is_tried_here():
    source = Path(__file__).read_text("utf-8")
    assert [code for code in CODES if f'"{code}"' not in source] == []
