"""What is read of a workbook is what a person sees in it, or it is refused at its cell; however hostile the file."""

from __future__ import annotations

import io
from datetime import date, datetime
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tanzhi.presentation.intake.formats import kind_of
from tanzhi.presentation.intake.limits import Limits
from tanzhi.presentation.intake.reader import Sheet, read_file
from tanzhi.rulebook.kernel.spelling import cell_number
from tests.presentation.intake.workbooks import (
    RELATION,
    STRICT,
    TRANSITIONAL,
    directory_changed,
    number,
    packed,
    row,
    styles_of,
    workbook,
)

LONG = "长" * 30_000
SHEET1 = "xl/worksheets/sheet1.xml"
VALUE = row(number("A1", 1))
ENTITIES = '<!DOCTYPE a [<!ENTITY b "c">]>'


def extended(start: str) -> str:
    return f'<worksheet xmlns="{TRANSITIONAL}">{start}<sheetData>{VALUE}</sheetData></worksheet>'


# What must not get in, how it is refused and where; made anew for each test, nothing of it is kept as a file.
HOSTILE = {
    "a cell at the far end": (lambda: workbook(row(number("XFD1048576", 1), r=1048576)), "XLS-ROWS", "XFD1048576"),
    "a cell at the far end of a row": (lambda: workbook(row(number("XFD1", 1))), "XLS-ROWS", "XFD1"),
    "a far cell in single quotes": (
        lambda: workbook("<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>"),
        "XLS-ROWS",
        "XFD1048576",
    ),
    "a far row without a number": (
        lambda: workbook("<row/>" * 20_000 + "<row><c><v>1</v></c></row>"),
        "XLS-ROWS",
        "A20001",
    ),
    "cells without addresses beyond the columns": (
        lambda: workbook(f"<row>{'<c><v>1</v></c>' * 80}</row>"),
        "XLS-ROWS",
        "CA1",
    ),
    "260 sheets": (lambda: workbook({f"s{n}": VALUE for n in range(260)}), "XLS-SHEETS", ""),
    "a string of 1 MB referred to 19,560 times": (
        lambda: workbook(
            "".join(row(f'<c r="A{n}" t="s"><v>0</v></c>', r=n) for n in range(1, 19_561)),
            strings=f"<si><t>{'a' * 2**20}</t></si>",
        ),
        "XLS-LENGTH",
        "A1",
    ),
    "a string as long as a cell may be, referred to 19,560 times": (
        lambda: workbook(
            "".join(row(f'<c r="A{n}" t="s"><v>0</v></c>', r=n) for n in range(1, 19_561)),
            strings=f"<si><t>{LONG}</t></si>",
        ),
        "XLS-BOMB",
        "334",
    ),
    "rows laid out wide by their last cell": (
        lambda: workbook({f"s{m}": "".join(row(number(f"BZ{n}", 1), r=n) for n in range(1, 12_000)) for m in range(3)}),
        "XLS-ROWS",
        "",
    ),
    "more cells than anybody fills in": (lambda: workbook(f"<row>{'<c/>' * 10_000}</row>" * 41), "XLS-ROWS", "41"),
    "20 kB of beginnings of cells": (lambda: workbook("<c " * 7000), "XLS-BROKEN", ""),
    "a tag without an end": (lambda: workbook("<c " + "x" * 3_000_000), "XLS-BROKEN", ""),
    "elements within elements without end": (lambda: workbook(extended("<a>" * 50_000)), "XLS-BROKEN", ""),
    "an entity": (lambda: workbook(f"{ENTITIES}<worksheet><sheetData/></worksheet>"), "XLS-ENTITY", ""),
    "an entity in a part that nobody reads": (
        lambda: workbook(VALUE, parts={"xl/x.xml": f"{ENTITIES}<a>&b;</a>"}),
        "XLS-ENTITY",
        "",
    ),
    "another encoding": (lambda: workbook(VALUE, parts={"xl/x.xml": "<a/>".encode("utf-16")}), "XLS-ENTITY", ""),
    "a declared other encoding": (
        lambda: workbook(VALUE, parts={"xl/x.xml": "<?xml version='1.0' encoding='gbk'?><a/>"}),
        "XLS-ENTITY",
        "",
    ),
    "a bomb of zeros": (lambda: workbook(VALUE, parts={"xl/media/a.bin": b"\0" * 30_000_000}), "XLS-BOMB", ""),
    "a directory that says too little": (
        lambda: directory_changed(workbook(VALUE, parts={"xl/a.bin": b"\0" * 10_000}), "xl/a.bin", 24, 10),
        "XLS-BROKEN",
        "",
    ),
    "a directory that says too much": (
        lambda: directory_changed(workbook(VALUE, parts={"xl/a.bin": b"\0" * 10_000}), "xl/a.bin", 24, 20_000),
        "XLS-BROKEN",
        "",
    ),
    "a directory that points outside": (
        lambda: directory_changed(workbook(VALUE), SHEET1, 42, 2**31),
        "XLS-BROKEN",
        "",
    ),
    "a directory with a negative offset": (
        lambda: workbook(VALUE)[:-6] + (2**32 - 50).to_bytes(4, "little") + b"\0\0",
        "XLS-BROKEN",
        "",
    ),
    "two parts of one name but for the case of a letter": (
        lambda: workbook(VALUE, parts={"XL/Workbook.xml": "<a/>"}),
        "XLS-BROKEN",
        "",
    ),
    "two sheets of one name": (
        lambda: workbook({"a": VALUE, "A": VALUE}),
        "XLS-BROKEN",
        "",
    ),
    "a macro": (lambda: workbook(VALUE, parts={"xl/vbaProject.bin": b"macro"}), "XLS-MACRO", ""),
    "a macro under another name": (
        lambda: workbook(
            VALUE, related=[("m", "http://schemas.microsoft.com/office/2006/relationships/vbaProject", "a")]
        ),
        "XLS-MACRO",
        "",
    ),
    "a macro sheet": (
        lambda: workbook(
            VALUE, related=[("m", "http://schemas.microsoft.com/office/2006/relationships/xlMacrosheet", "a")]
        ),
        "XLS-MACRO",
        "",
    ),
    "a link to another workbook": (
        lambda: workbook(VALUE, related=[("m", f"{RELATION}/externalLink", "a")]),
        "XLS-LINK",
        "",
    ),
    "a workbook with a password": (
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
        "XLS-LOCKED",
        "",
    ),
    "an old workbook under a new name": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "XLS-OLD", ""),
    "a zip within a zip": (lambda: packed({"xl/workbook.xml": workbook(VALUE)}), "XLS-FILE", ""),
    "nothing": (lambda: b"", "XLS-FILE", ""),
    "half a workbook": (lambda: workbook(VALUE)[:300], "XLS-BROKEN", ""),
    "a row that stands twice": (lambda: workbook(VALUE + VALUE), "XLS-BROKEN", ""),
    "a cell that stands twice": (lambda: workbook(row(number("A1", 1), number("A1", 2))), "XLS-BROKEN", "A1"),
    "cells in another order": (lambda: workbook(row(number("B1", 1), number("A1", 2))), "XLS-BROKEN", "A1"),
    "a cell of another row": (lambda: workbook(row(number("A7", 1))), "XLS-BROKEN", "A7"),
    "a cell outside every row": (lambda: workbook(number("A1", 1)), "XLS-BROKEN", ""),
    "two values in a cell": (lambda: workbook(row('<c r="A1"><v>1</v><v>2</v></c>')), "XLS-BROKEN", "A1"),
    "a cell within a choice of alternatives": (
        lambda: workbook(row('<x:a xmlns:x="urn:x"><c r="A1"><v>1</v></c></x:a>')),
        "XLS-BROKEN",
        "",
    ),
    "a string that is not there": (lambda: workbook(row('<c r="A1" t="s"><v>7</v></c>')), "XLS-BROKEN", "A1"),
    "a number with an underscore": (lambda: workbook(row(number("A1", "1_0"))), "XLS-BROKEN", "A1"),
    "a number without end": (lambda: workbook(row(number("A1", "1e999"))), "XLS-BROKEN", "A1"),
    "not a number": (lambda: workbook(row(number("A1", "NaN"))), "XLS-BROKEN", "A1"),
    "a control character": (
        lambda: workbook(row('<c r="B1" t="inlineStr"><is><t>甲_x0007_</t></is></c>')),
        "VAL-CONTROL",
        "B1",
    ),
    "half a character": (
        lambda: workbook(row('<c r="B1" t="inlineStr"><is><t>_xD800_</t></is></c>')),
        "VAL-CONTROL",
        "B1",
    ),
}
CSV = {
    "a field over 131,072 characters": ("甲,乙\n1," + "a" * 140_000).encode(),
    "a huge line": ("甲,乙\n" + "1," * 200_000).encode(),
    "a quotation mark without end": ('甲,乙\n1,"' + "a\n" * 100_000).encode(),
    "a NUL": b"a,b\n1,\0",
    "no text": b"\xff\xfe\x00\xd8\x00\xd8,\n",
    "too many rows": b"a,b\n" + b"1,2\n" * 30_000,
}


def first(content: bytes) -> Sheet:
    book = read_file(content, "六月.xlsx")
    assert book.findings == []
    return next(iter(book.sheets.values()))


@pytest.mark.parametrize("kind", HOSTILE)
def test_what_must_not_get_in_is_refused_by_code_in_both_languages_and_the_next_file_is_read(kind):
    content, code, cell = HOSTILE[kind]
    findings = read_file(content(), "六月.xlsx").findings
    assert [f.code for f in findings] == [code]
    assert findings[0].place.endswith(f"!{cell}" if cell else "")
    assert findings[0].message.zh != findings[0].message.en
    assert first(workbook(VALUE)).rows == [[1.0]]


@pytest.mark.parametrize("kind", CSV)
def test_a_text_table_that_must_not_get_in_is_refused_by_code(kind):
    findings = read_file(CSV[kind], "表.csv", delimited=True).findings
    assert [f.code for f in findings] == ["VAL-CONTROL" if kind == "a NUL" else findings[0].code]
    assert findings[0].code[:4] in ("XLS-", "VAL-")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_a_text_table_is_read_in_every_encoding_that_spreadsheets_write(encoding, separator):
    content = f'单位{separator}煤量\r\n甲{separator}"1{separator}2"\r\n'.encode(encoding)
    sheet = next(iter(read_file(content, "表.csv", delimited=True).sheets.values()))
    assert sheet.rows == [["单位", "煤量"], ["甲", f"1{separator}2"]]


SEEN = {
    "rows and cells without addresses": (
        workbook("<row><c><v>1</v></c><c/><c><v>2</v></c></row><row/><row><c><v>3</v></c></row>"),
        [[1.0, None, 2.0], [], [3.0]],
    ),
    "a prefix before every name": (
        workbook(
            f'<x:worksheet xmlns:x="{TRANSITIONAL}"><x:sheetData><x:row r="1"><x:c r="A1"><x:v>7</x:v></x:c></x:row>'
            "</x:sheetData></x:worksheet>"
        ),
        [[7.0]],
    ),
    "strict Open XML": (workbook(VALUE, space=STRICT), [[1.0]]),
    "single quotes": (workbook("<row r='1'><c r='A1' t='str'><v>甲</v></c></row>"), [["甲"]]),
    "text of several runs without its reading aid": (
        workbook(
            row('<c r="A1" t="s"><v>0</v></c>'),
            strings="<si><r><t>东</t></r><r><t>京</t></r><rPh sb='0' eb='1'><t>トウキョウ</t></rPh></si>",
        ),
        [["东京"]],
    ),
    "an escaped line break": (workbook(row('<c r="A1" t="inlineStr"><is><t>a_x000A_b</t></is></c>')), [["a\nb"]]),
    "a truth value": (workbook(row('<c r="A1" t="b"><v>1</v></c>')), [[True]]),
    "a day": (workbook(row(number("A1", 45292, 1)), styles=styles_of("yyyy/m/d")), [[date(2024, 1, 1)]]),
    "a day of the years from 1904": (
        workbook(row(number("A1", 43830, 1)), styles=styles_of("yyyy-mm-dd"), setup='<workbookPr date1904="1"/>'),
        [[date(2024, 1, 1)]],
    ),
    "a moment": (
        workbook(row(number("A1", 45292.5, 1)), styles=styles_of("yyyy-mm-dd hh:mm")),
        [[datetime.fromisoformat("2024-01-01 12:00")]],
    ),
    "an ISO day": (workbook(row('<c r="A1" t="d"><v>2024-01-01</v></c>')), [[date(2024, 1, 1)]]),
    "a format with a comment in words": (
        workbook(row(number("A1", 3, 1)), styles=styles_of("0&quot;吨&quot;")),
        [[3.0]],
    ),
    "a format far out without a value": (
        workbook(row(number("A1", 1)) + '<row r="1048576"><c r="XFD1048576" s="0"/></row>'),
        [[1.0]],
    ),
}


@pytest.mark.parametrize("kind", SEEN)
def test_what_is_read_is_what_a_person_sees(kind):
    content, rows = SEEN[kind]
    assert first(content).rows == rows


@pytest.mark.parametrize("space", [TRANSITIONAL, STRICT])
def test_every_kind_of_formula_is_seen_at_its_cell_also_where_an_array_fills_cells_without_one(space):
    data = row('<c r="A1"><f>1+1</f><v>2</v></c>', '<c r="B1"><f/><v>2</v></c>') + row(
        '<c r="A2"><f t="array" ref="A2:B3">X</f><v>1</v></c>', number("B2", 5), r=2
    )
    sheet = first(workbook(data + row(number("B3", 6), '<c r="C3"><f>1</f></c>', r=3), space=space))
    assert sheet.formulas == ["A1", "B1", "A2", "B2", "B3", "C3"]
    assert sheet.uncomputed == ["C3"]


@pytest.mark.parametrize(
    ("code", "kind"),
    {
        "General": "", "0.00": "", "#,##0": "", "@": "", '0"吨"': "", "0.00E+00": "", "[Red]-0.0": "",
        "yyyy-mm-dd": "date", 'yyyy"年"m"月"': "date", "[$-804]yyyy/m/d": "date", "mmm": "date",
        "h:mm": "time", "[h]:mm": "time", "0%": "percent", "0.00%": "percent",
        "0,": "other", '0!.0,"万"': "other", '0"0000"': "other", '"12"': "other", ";;;": "invisible",
    }.items(),
)  # fmt: skip
def test_a_format_says_whether_the_cell_shows_what_it_holds(code, kind):
    assert kind_of(code) == kind


def test_what_is_hidden_is_known_where_there_are_values():
    columns = '<cols><col min="2" max="2" hidden="1"/><col min="3" max="3" width="0"/></cols>'
    rows = (
        row(number("A1", 1), more='hidden="1"') + row(r=2, more='hidden="1"') + row(number("A3", 1), r=3, more='ht="0"')
    )
    data = f"{columns}<sheetData>{rows}</sheetData>"
    book = read_file(workbook({"甲": data, "乙": VALUE}, states={"乙": "veryHidden"}), "a.xlsx")
    assert (book.sheets["甲"].hidden_rows, book.sheets["甲"].hidden_columns) == ({1, 3}, {2, 3})
    assert (book.sheets["甲"].hidden, book.sheets["乙"].hidden) == (False, True)


WORDS = st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Co"), exclude_characters="=_")
CELLS = st.one_of(
    st.none(),
    st.integers(-(10**12), 10**12),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.booleans(),
    st.dates(date(1901, 1, 1), date(2100, 1, 1)),
    st.text(
        st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Co"), exclude_characters="=_"),
        min_size=1,
        max_size=20,
    ),
)


@settings(max_examples=40)
@given(st.lists(st.lists(CELLS, max_size=5), max_size=5))
def test_what_another_library_writes_is_read_as_that_library_reads_it(rows):
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("表")
    for cells in rows:
        sheet.append(cells)
    target = io.BytesIO()
    book.save(target)
    theirs = openpyxl.load_workbook(io.BytesIO(target.getvalue())).worksheets[0]
    for cells, expected in zip(first(target.getvalue()).rows, theirs.iter_rows(values_only=True), strict=False):
        seen = [theirs_exactly(value) for value in expected]
        assert cells == seen[: len(cells)]
        assert all(value is None for value in seen[len(cells) :])


def theirs_exactly(value):
    """A cell of the other library: days without midnight, its binary numbers by their shortest decimal."""
    if isinstance(value, datetime):
        return value.date()
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return cell_number(repr(value)) if is_number else value


# What a workbook's XML holds → what is read: the digits as stored; beyond fifteen, as a spreadsheet shows them
# (a spreadsheet shows 0.1+0.2 as 0.3 and keeps 15 digits: Excel specifications and limits, "number precision").
STORED = {
    "0.1": "0.1",
    "1234567890.12345": "1234567890.12345",
    "0.30000000000000004": "0.3",
    "138420.50": "138420.50",
    "2.5E-3": "0.0025",
    "1.4620311799999999E8": "146203118",
    "9007199254740993": "9007199254740990",
    "-0.5": "-0.5",
}


@pytest.mark.parametrize(("stored", "seen"), STORED.items())
def test_a_number_is_read_from_its_digits_as_they_are_stored(stored, seen):
    cell = first(workbook(row(f'<c r="A1"><v>{stored}</v></c>'))).rows[0][0]
    assert isinstance(cell, Decimal)
    assert cell == Decimal(seen)


def test_the_largest_file_that_a_person_may_send_needs_less_than_a_third_of_every_limit():
    from tanzhi.presentation.intake import child, pool

    data = "".join(
        row(*(number(f"{letter}{n}", f"{n}.{at}25") for at, letter in enumerate("ABCDEFGHIJKLMNOPQRSTUVWXYZ")), r=n)
        for n in range(1, 5001)
    )
    answer = pool.read("workbook", workbook(data), Limits())
    assert sum(len(sheet["rows"]) for sheet in answer["sheets"]) == Limits().rows
    assert answer["memory"] * 3 < child.MEMORY_BYTES
    assert answer["cpu"] * 3 < Limits().cpu_seconds
