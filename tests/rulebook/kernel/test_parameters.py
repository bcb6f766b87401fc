"""Parameter tables: dated, sourced, never overlapping; a fault has its file and line."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tanzhi.rulebook.kernel.entries import Parameter, ParameterFault, Period
from tanzhi.rulebook.kernel.parameter_files import period_of, read_file
from tanzhi.rulebook.kernel.parameters import Parameters
from tanzhi.rulebook.kernel.values import Value

HEAD = "name: factor\nlabel: {zh: 因子, en: Factor}\nunit: tCO2/t\n"
ROW = "  - {value: '0.5', since: 2020, source: s, confidence: S}\n"


def table(rows, head=HEAD):
    return read_file(f"{head}values:\n{rows}", "law/factor.yaml")[0]


def row(**more):
    fields = {"value": "'0.5'", "since": "2020", "source": "s", "confidence": "S"} | more
    return "  - {" + ", ".join(f"{k}: {v}" for k, v in fields.items() if v) + "}\n"


def test_a_table_is_read_with_all_that_it_says():
    found = table(
        row(until="2024", status="draft", note="n", confidence="M-low"), HEAD + "law: clause 1\nnote: about\n"
    )
    assert (found.name, found.label.en, found.unit, found.law, found.note) == (
        "factor",
        "Factor",
        "tCO2/t",
        "clause 1",
        "about",
    )
    entry = found.entries[0]
    assert (entry.value, entry.since, entry.until) == (Decimal("0.5"), date(2020, 1, 1), date(2024, 12, 31))
    assert (entry.status, entry.source, entry.confidence, entry.note, entry.line) == ("draft", "s", "M-low", "n", 7)


@pytest.mark.parametrize(
    ("content", "line", "message"),
    [
        (HEAD + "values:\n" + row(value="0.5"), 5, "a value is a decimal in quotation marks, not 0.5"),
        (HEAD + "values:\n" + row(value="'1e3'"), 5, "a value is a decimal in quotation marks"),
        (HEAD + "values:\n" + row(since=""), 5, "field 'since' is missing"),
        (HEAD + "values:\n" + row(source=""), 5, "field 'source' is missing"),
        (HEAD + "values:\n" + row(since="", source=""), 5, "field 'since' is missing"),
        (HEAD + "values:\n" + row() + "  - {since: [\n", 7, "expected"),
        (HEAD + "values:\n" + row(confidence=""), 5, "field 'confidence' is missing"),
        (HEAD + "values:\n" + row(confidence="sure"), 5, "confidence 'sure' is none of"),
        (HEAD + "values:\n" + row(status="old"), 5, "status 'old' is none of"),
        (HEAD + "values:\n" + row(since="May"), 5, "since is a year"),
        (HEAD + "values:\n" + row(until="2022-13"), 5, "until is a year"),
        (HEAD + "values:\n" + row(until="2019"), 5, "until lies before since"),
        (HEAD + "values:\n" + row(colour="blue"), 5, "unknown field 'colour'"),
        (HEAD + "values:\n" + ROW + row(since="2021"), 6, "overlaps with the value in line 5"),
        (HEAD + "values:\n  - 7\n", 5, "expected fields with names"),
        (HEAD + "values: 7\n", 4, "expected a list"),
        (HEAD + "unit: t\nvalues: []\n", 4, "field 'unit' stands twice"),
        (HEAD.replace("factor", "' '") + "values: []\n", 1, "expected words"),
        (HEAD.replace(", en: Factor", "") + "values: []\n", 2, "field 'en' is missing"),
        ("", 1, "the file is empty"),
        ("name: [", 1, ""),
    ],
)
def test_a_faulty_table_is_refused_with_file_and_line(content, line, message):
    with pytest.raises(ParameterFault) as fault:
        read_file(content, "law/factor.yaml")
    assert fault.value.file == "law/factor.yaml"
    assert (fault.value.line == line) or not message
    assert message in fault.value.message
    assert str(fault.value).startswith("law/factor.yaml:")


def test_a_field_left_empty_is_as_if_it_did_not_stand_there():
    assert table(row(note="null")).entries[0].note == ""
    with pytest.raises(ParameterFault, match="field 'source' is missing"):
        table(row(source="null"))


def test_values_of_different_keys_may_stand_side_by_side_but_not_for_one_of_several():
    head = HEAD + "keys: [fuel]\n"
    assert len(table(row(fuel="coal") + row(fuel="[oil, gas]"), head).entries) == 2
    with pytest.raises(ParameterFault, match="overlaps"):
        table(row(fuel="coal") + row(fuel="[oil, coal]"), head)


def test_an_unsettled_value_is_told_but_never_used():
    found = table(row(status="unsettled") + row(status="unsettled", value="'0.7'"))
    assert found.find(Period.of(2022), {}) is None
    assert [e.value for e in found.candidates(Period.of(2022), {})] == [Decimal("0.5"), Decimal("0.7")]


def test_a_value_may_be_kept_to_some_months_of_each_year():
    found = table(row(months="[4, 6]") + row(months="[5]", value="'0.7'"))
    assert [
        str(entry.value) if (entry := found.find(Period.of(2022, month), {})) else None for month in (3, 4, 5, 6)
    ] == [None, "0.5", "0.7", "0.5"]
    assert found.find(Period.of(2022), {}) is None
    with pytest.raises(ParameterFault, match="overlaps"):
        table(row(months="[4, 6]") + row(months="[6]"))
    with pytest.raises(ParameterFault, match="overlaps"):
        table(row(months="[4, 6]") + row())
    assert table(row(months="[1, 12]")).entries[0].months == (1, 12)
    for wrong in ("[0]", "[13]", "[x]", "['²']", "[1, 13]"):
        with pytest.raises(ParameterFault, match="numbers from 1 to 12"):
            table(row(months=wrong))


def test_a_provisional_value_is_used_and_says_so():
    found = table(row(status="provisional"))
    value = Value("factor", Decimal("0.5"))
    value.entry = found.find(Period.of(2022), {})
    assert [mark.kind for mark in value.marks] == ["provisional"]


SPANS = st.lists(
    st.tuples(st.integers(2000, 2030), st.integers(0, 6)).map(lambda s: (s[0], s[0] + s[1])), min_size=1, max_size=4
)


@given(SPANS, st.integers(1998, 2040))
def test_a_year_finds_the_value_that_is_valid_in_it_or_none(spans, year):
    years = [y for first, last in spans for y in range(first, last + 1)]
    rows = "".join(row(since=str(a), until=str(b), value=f"'{a}.{b}'") for a, b in spans)
    if len(years) != len(set(years)):
        with pytest.raises(ParameterFault, match="overlaps"):
            table(rows)
        return
    found = table(rows).find(Period.of(year), {})
    valid = [f"{a}.{b}" for a, b in spans if a <= year <= b]
    assert [str(found.value)] if found else valid == []
    assert bool(found) == bool(valid)


def test_a_value_that_changes_within_a_year_is_found_by_month_only():
    found = table(row(until="2022-05") + row(since="2022-06", value="'0.7'"))
    assert found.find(Period.of(2022), {}) is None
    assert [str(found.find(Period.of(2022, m), {}).value) for m in (5, 6, 12)] == ["0.5", "0.7", "0.7"]


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("2024", (2024, 1, 1), (2024, 12, 31)),
        ("2024-02", (2024, 2, 1), (2024, 2, 29)),
        ("2023-12", (2023, 12, 1), (2023, 12, 31)),
        ("2024-02-29", (2024, 2, 29), (2024, 2, 29)),
    ],
)
def test_a_period_is_a_year_a_month_or_a_day(written, first, last):
    assert period_of(written) == Period(date(*first), date(*last))


@pytest.mark.parametrize(
    "written", ["2024-13", "2024-00", "2024-00-15", "2023-02-29", "0000", "0000-06", "0000-06-15", "spring"]
)
def test_what_is_no_period_is_none(written):
    assert period_of(written) is None


def test_folders_are_read_in_order_and_a_name_stands_once(tmp_path):
    (tmp_path / "b").mkdir()
    (tmp_path / "a.yaml").write_text(f"{HEAD}values: []\n")
    (tmp_path / "b" / "c.yaml").write_text("- {name: other, label: {zh: 别, en: Other}, unit: '1', values: []}\n")
    found = Parameters.load(tmp_path, tmp_path / "not there")
    assert [p.name for p in found] == ["factor", "other"]
    assert ("factor" in found, found.get("none")) == (True, None)
    assert found.get("other").file == f"{tmp_path.name}/b/c.yaml"
    (tmp_path / "b" / "c.yaml").write_text(f"{HEAD}values: []\n")
    with pytest.raises(ParameterFault, match=r"'factor' stands already in .*a.yaml:1"):
        Parameters.load(tmp_path)


ENTRY = {
    "parameter": "factor",
    "value": "0.9",
    "since": "2022",
    "until": "2022",
    "source": "Notice 7",
    "entered_by": "Li",
    "entered_at": "2023-01-02",
}


def entered(*entries):
    return Parameters({"factor": table(ROW)}).with_entries(entries).get("factor")


def test_what_an_administrator_entered_stands_before_the_table():
    found = entered(ENTRY)
    assert [str(found.find(Period.of(y), {}).value) for y in (2021, 2022, 2023)] == ["0.5", "0.9", "0.5"]
    entry = found.find(Period.of(2022), {})
    assert (entry.source, entry.entered_by, entry.entered_at, entry.confidence) == (
        "Notice 7",
        "Li",
        "2023-01-02",
        "entered",
    )
    assert entered(ENTRY | {"until": None}).find(Period.of(2030), {}).value == Decimal("0.9")


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"parameter": "none"}, "there is no parameter 'none'"),
        ({"value": "x"}, "a value is a decimal string"),
        ({"value": 0.5}, "a value is a decimal string"),
        ({"source": ""}, "source is missing"),
        ({"entered_by": None}, "entered_by is missing"),
        ({"since": "x"}, "since and until"),
        ({"until": "2021"}, "since and until"),
        ({"until": "x"}, "since and until"),
        ({"keys": {"fuel": "coal"}}, "keys are none"),
    ],
)
def test_a_faulty_entry_is_refused_with_its_number(more, message):
    with pytest.raises(ParameterFault, match=message) as fault:
        entered(ENTRY | more)
    assert (fault.value.file, fault.value.line) == ("entered", 1)


def test_what_is_left_beside_another_entry_touches_it_and_shares_no_day_with_it():
    long = table(row(since="2020", until="2029")).entries[0]
    within = table(row(since="2024", until="2025")).entries[0]
    before, after = long.outside(within)
    assert (before.since, before.until) == (date(2020, 1, 1), date(2023, 12, 31))
    assert (after.since, after.until) == (date(2026, 1, 1), date(2029, 12, 31))
    assert within.outside(long) == ()


def test_two_entries_for_one_day_are_refused():
    with pytest.raises(ParameterFault, match="overlaps"):
        entered(ENTRY, ENTRY)


def test_a_fault_without_a_file_is_only_its_message():
    assert str(ParameterFault("plain")) == "plain"
    assert Parameter(name="x", label=table(ROW).label, unit="1").entries == ()


def test_a_table_of_counts_says_so():
    assert table(row(), HEAD + "whole: true\n").whole is True
    assert table(row()).whole is False


def test_a_value_may_stand_for_a_single_day():
    day = "2022-06-15"
    assert table(row(since=f"'{day}'", until=f"'{day}'")).entries[0].until == date(2022, 6, 15)
    found = entered(ENTRY | {"since": day, "until": day}).find(Period(date(2022, 6, 15), date(2022, 6, 15)), {})
    assert found.value == Decimal("0.9")
