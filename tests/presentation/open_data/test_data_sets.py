"""A data set is the same in every form, exact in each, and holds nothing that its columns do not say."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from arro3.io import read_parquet

from tanzhi.actions.refusal import Refused
from tanzhi.evidence.log import record
from tanzhi.evidence.models import Entry, Head
from tanzhi.evidence.numbers import number_of
from tanzhi.evidence.sealer import seal_all
from tanzhi.presentation.open_data import data_set as registry
from tanzhi.presentation.open_data import files
from tanzhi.presentation.open_data.data_set import (
    DAY,
    DECIMAL,
    MOMENT,
    WHOLE,
    DataColumn,
    DataSet,
    DataTable,
    PublicRow,
    data_set_of,
    data_sets,
    register,
)
from tanzhi.presentation.open_data.dictionary import dictionary
from tanzhi.presentation.open_data.files import FORMS, data_file
from tanzhi.rulebook.kernel.text import Text

pytestmark = pytest.mark.django_db
WORDS = Text("名", "name")
COLUMNS = (
    DataColumn("name", WORDS),
    DataColumn("count", WORDS, WHOLE),
    DataColumn("mass", WORDS, DECIMAL, unit=Text("吨", "t")),
    DataColumn("share", WORDS, DECIMAL, decimals=2),
    DataColumn("on", WORDS, DAY),
    DataColumn("at", WORDS, MOMENT),
)
LONG = Decimal("123456789012345678901234567890123456789.0123456789")  # 49 digits: more than a double or 128 bits hold
ROWS: list[dict[str, Any]] = [
    {
        "name": "兰州，“一厂”",
        "count": 7,
        "mass": LONG,
        "share": Decimal("-0.50"),
        "on": date(2024, 2, 29),
        "at": datetime(2024, 7, 12, 4, 0, 5, tzinfo=UTC),
    },
    {"name": "=HYPERLINK(1)", "mass": Decimal("-3"), "on": date(1949, 10, 1)},
]


def made_up(rows: list[dict[str, Any]] | None = None, **more: Any) -> DataSet:
    given = ROWS if rows is None else rows
    return DataSet("made-up", WORDS, WORDS, WORDS, COLUMNS, lambda: [PublicRow("a.b:1", row) for row in given], **more)


def table_of(rows: list[dict[str, Any]] | None = None) -> DataTable:
    return made_up(rows, acts=("made.up",)).table()


def read(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def test_csv_holds_every_digit_and_nothing_that_a_spreadsheet_runs() -> None:
    content = files.plain_csv(made_up(acts=()), table_of())
    assert not content.startswith(b"\xef\xbb\xbf")
    assert read(content) == [
        ["name", "count", "mass", "share", "on", "at", "receipt"],
        ["兰州，“一厂”", "7", str(LONG), "-0.50", "2024-02-29", "2024-07-12T04:00:05Z", ""],
        ["'=HYPERLINK(1)", "", "-3", "", "1949-10-01", "", ""],
    ]


def test_csv_for_spreadsheets_has_the_mark_and_headings_in_both_languages() -> None:
    content = files.spreadsheet_csv(made_up(acts=()), table_of())
    assert content.startswith(b"\xef\xbb\xbf")
    assert read(content)[0][0] == "名 name"
    assert read(content)[1:] == read(files.plain_csv(made_up(acts=()), table_of()))[1:]


def test_json_carries_its_dictionary_and_decimals_as_strings() -> None:
    told = json.loads(files.as_json(made_up(acts=()), table_of()))
    assert told["rows"][0]["mass"] == str(LONG)
    assert told["rows"][1] == {
        "name": "=HYPERLINK(1)", "count": None, "mass": "-3", "share": None, "on": "1949-10-01", "at": None,
        "receipt": None,
    }  # fmt: skip
    assert [column["name"] for column in told["columns"]] == [*(column.name for column in COLUMNS), "receipt"]
    assert told["columns"][2]["unit"] == {"zh": "吨", "en": "t"}


def test_parquet_holds_decimals_days_and_moments_as_what_they_are() -> None:
    stored = read_parquet(io.BytesIO(files.as_parquet(made_up(acts=()), table_of()))).read_all()
    kinds = {field.name: str(field.type) for field in stored.schema}
    assert "Decimal256(76, 10)" in kinds["mass"]
    assert "Decimal128(38, 2)" in kinds["share"]
    assert "Date32" in kinds["on"]
    columns = {name: stored.column(name).to_pylist() for name in stored.column_names}
    assert [columns[column.name][0] for column in COLUMNS] == list(ROWS[0].values())
    assert [columns[column.name][1] for column in COLUMNS] == [ROWS[1].get(column.name) for column in COLUMNS]
    assert json.loads(stored.schema.metadata[b"dictionary"]) == dictionary(made_up(acts=()))


def test_an_empty_set_has_its_columns_in_every_form() -> None:
    empty, whole = table_of([]), made_up([], acts=())
    for _, _, write in FORMS.values():
        assert write(whole, empty)
    stored = read_parquet(io.BytesIO(files.as_parquet(whole, empty))).read_all()
    assert (stored.num_rows, stored.column_names) == (0, [column.name for column in whole.columns])


@pytest.mark.parametrize(
    ("column", "value"),
    [("mass", 1.5), ("mass", "1.5"), ("mass", 1), ("count", True), ("count", "7"), ("name", 7), ("on", "2024-01-01")],
)
def test_a_value_of_another_kind_is_not_given_away(column: str, value: Any) -> None:
    with pytest.raises(TypeError, match=column):
        table_of([{column: value}])


def test_neither_is_one_with_more_decimals_than_said_nor_a_column_that_is_not_declared() -> None:
    with pytest.raises(ValueError, match="more than 2 decimals"):
        table_of([{"share": Decimal("0.125")}])
    with pytest.raises(ValueError, match="no column"):
        table_of([{"secret": "1"}])
    with pytest.raises(ValueError, match="digits"):
        files.as_parquet(made_up(acts=()), table_of([{"mass": Decimal("1e76")}]))


def test_a_row_bears_the_receipt_of_the_newest_act_that_was_declared() -> None:
    before = Entry.objects.count()
    entries = [record(kind, "a.b:1", {}) for kind in ("made.up", "made.up", "internal.comment")]
    unsealed = table_of()
    assert ([row[-1] for row in unsealed.rows], unsealed.modified) == ([None, None], entries[1].at)
    seal_all()
    sealed = table_of()
    assert [row[-1] for row in sealed.rows] == [number_of(before + 1)] * 2  # the comment comes after it, untold
    head = Head.objects.get()
    assert sealed.modified == head.at > entries[1].at  # the receipts are new in the file


def test_an_unknown_set_or_form_is_refused_with_those_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_SETS", {})
    register(made_up(acts=()))
    assert [each.code for each in data_sets()] == ["made-up"]
    with pytest.raises(Refused) as refused:
        data_set_of("x" * 1000)
    assert (refused.value.code, refused.value.status, "made-up" in refused.value.message.en) == ("DATA-SET", 404, True)
    assert len(refused.value.message.en) < 200
    with pytest.raises(Refused) as refused:
        data_file(data_set_of("made-up"), "xml")
    assert (refused.value.code, refused.value.status) == ("DATA-FORM", 404)


def test_an_installation_without_the_extra_says_what_to_take_instead(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "tanzhi.presentation.open_data.parquet", None)
    with pytest.raises(Refused) as refused:
        files.as_parquet(made_up(acts=()), table_of())
    assert (refused.value.code, refused.value.status) == ("DATA-PARQUET", 501)


@pytest.mark.parametrize(
    ("zh", "en", "expected"),
    [
        ("可免费使用", "free of charge", {"zh": "可免费使用", "en": "free of charge"}),
        ("", "CC BY 4.0", {"zh": "CC BY 4.0", "en": "CC BY 4.0"}),
    ],
)
def test_the_licence_is_the_installations_own(settings: Any, zh: str, en: str, expected: dict[str, str]) -> None:
    settings.TANZHI_DATA_LICENCE_ZH, settings.TANZHI_DATA_LICENCE_EN = zh, en
    assert dictionary(made_up(acts=()))["licence"] == expected


def test_without_one_that_is_said() -> None:
    assert "states no licence" in dictionary(made_up(acts=()))["licence"]["en"]


@pytest.mark.parametrize("data_set", data_sets(), ids=lambda each: each.code)
def test_every_declared_set_names_acts_that_there_are_and_columns_once(data_set: DataSet) -> None:
    from tanzhi.actions.registry import ACTIONS

    assert set(data_set.acts) <= ACTIONS.keys()
    names = [column.name for column in data_set.columns]
    assert len(names) == len(set(names))
    assert all(name.isascii() and name.replace("_", "").isalnum() and name == name.lower() for name in names)
