"""Every workbook that must not get in: each is told by a code, in both languages, at its place."""

import io
import zipfile

import openpyxl
import pytest
from pydantic import ValidationError

from tanzhi.filings.intake import Expected, Mapped, read_mapped, read_workbook, template
from tanzhi.filings.intake.mapping import LedgerColumn, fields_unknown
from tanzhi.filings.intake.template import Prefill
from tanzhi.filings.mappings.ledger import read_ledger
from tanzhi.office.imports import sheet_reader
from tanzhi.presentation.intake.limits import Limits
from tanzhi.rulebook.kernel import form
from tests.presentation.intake.test_reading import HOSTILE
from tests.presentation.intake.workbooks import number, styles_of
from tests.presentation.intake.workbooks import row as row_of
from tests.presentation.intake.workbooks import workbook as odd_workbook
from tests.rulebook.kernel.bakery import bakery

FORM = form(bakery, "month", 2023)
RECORD = {
    "ovens": [{"oven": "1", "months": [{"month": "2023-06", "flours": [{"flour": "wheat", "flour_used": "12.50"}]}]}]
}
EXPECTED = Expected("2023-06", "E1")
SHEET = "面粉"
USED = "D5"  # the first row's flour_used: oven, month, flour, flour_used


def good() -> bytes:
    return template(FORM, Prefill("E1", "2023-06", RECORD))


def changed(change) -> bytes:
    """The good workbook after somebody worked on it."""
    book = openpyxl.load_workbook(io.BytesIO(good()))
    change(book)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def with_cell(value, cell=USED) -> bytes:
    return changed(lambda book: book[SHEET].__setitem__(cell, value))


def with_part(name: str, text: bytes) -> bytes:
    """The good workbook with one more or another part in its archive."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(good())) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out:
        for part in source.namelist():
            if part != name:
                out.writestr(part, source.read(part))
        out.writestr(name, text)
    return target.getvalue()


def read(content: bytes, expected: Expected = EXPECTED):
    return read_workbook(content, "六月.xlsx", FORM, expected)


def found(content: bytes, code: str, expected: Expected = EXPECTED):
    """The finding of that code; it speaks both languages and says where, what was found and what to do."""
    one = next(f for f in read(content, expected).findings if f.code == code)
    assert one.message.zh != one.message.en
    assert one.place
    assert one.remedy.zh
    return one


FILES = {
    "XLS-FILE": b"\x89PNG\r\n\x1a\n" + b"\0" * 40,
    "XLS-CSV": "炉,月份,用量\n1,2023-06,12.5\n".encode(),
    "XLS-OLD": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
    "XLS-LOCKED": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"),
    "XLS-BROKEN": good()[: len(good()) // 2],
    "XLS-MACRO": with_part("xl/vbaProject.bin", b"macro"),
    "XLS-LINK": with_part("xl/externalLinks/externalLink1.xml", b"<a/>"),
    "XLS-ENTITY": with_part("xl/extra.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'),
    "XLS-BOMB": with_part("xl/media/image1.bin", b"\0" * 30_000_000),
}


@pytest.mark.parametrize("code", FILES)
def test_a_file_that_is_no_proper_workbook_is_refused_before_it_is_parsed(code):
    answer = read(FILES[code])
    assert [f.code for f in answer.findings] == [code]
    assert answer.record == {}


def test_a_part_in_another_encoding_is_refused():
    content = with_part("xl/extra.xml", '<?xml version="1.0" encoding="utf-16"?><a/>'.encode("utf-16"))
    assert found(content, "XLS-ENTITY").place == "六月.xlsx"


def test_too_large_a_file_is_refused_by_its_size_alone():
    assert found(good(), "XLS-SIZE", Expected(limits=Limits(file_bytes=1000))).severity == "error"


def test_a_cell_far_out_is_refused_before_a_reader_lays_out_everything_before_it():
    assert found(with_cell(1, "XFD1048576"), "XLS-ROWS").place == f"{SHEET}!XFD1048576"


def test_more_rows_than_allowed_are_refused():
    assert found(good(), "XLS-ROWS", Expected(limits=Limits(rows=0))).expected.en == "at most 0"


def test_another_form_s_template_is_refused():
    other = template(form(bakery, "oven", 2023))
    assert found(other, "XLS-TEMPLATE").expected.en == "the template of form bakery.month"


def test_another_year_s_template_is_refused():
    assert found(template(form(bakery, "month", 2024)), "XLS-YEAR").found == "2024"


def test_another_enterprise_s_workbook_is_refused():
    assert found(good(), "XLS-ENTERPRISE", Expected("2023-06", "E2")).found == "E1"


def test_a_renamed_sheet_is_known_by_its_codes():
    content = changed(lambda book: setattr(book[SHEET], "title", "Sheet1"))
    assert found(content, "XLS-RENAMED").severity == "note"
    assert read(content).record == RECORD


def test_columns_may_be_moved_since_codes_decide():
    def move(book):
        sheet = book[SHEET]
        for row in range(1, 6):
            sheet.cell(row, 8, sheet.cell(row, 4).value)
            sheet.cell(row, 4).value = None

    assert read(changed(move)).record == RECORD


def test_a_column_that_was_deleted_is_named():
    assert found(changed(lambda book: book[SHEET].delete_cols(4)), "XLS-COLUMN").field == "flour_used"


def test_merged_cells_are_named():
    content = changed(lambda book: book[SHEET].merge_cells("D5:D6"))
    assert found(content, "XLS-MERGED").place == f"{SHEET}!D5:D6"


def test_a_formula_is_named_at_its_cell():
    assert found(with_cell("=12.5*1"), "XLS-FORMULA").place == f"{SHEET}!{USED}"


@pytest.mark.parametrize("rows", [[2], [3], [4], [2, 3], [3, 4], [2, 3, 4]])
def test_whoever_deletes_rows_of_labels_loses_no_row_of_data(rows):
    def cut(book) -> None:
        for label in reversed(rows):
            book[SHEET].delete_rows(label)

    assert read(changed(cut)).record == RECORD


def test_a_sheet_that_was_copied_is_named_beside_the_first_one():
    content = changed(lambda book: book.copy_worksheet(book[SHEET]))
    assert found(content, "XLS-TWICE").found == f"{SHEET} Copy"


def test_a_code_that_stands_twice_is_named_at_its_cell():
    assert found(changed(lambda book: book[SHEET].__setitem__("E1", "flour_used")), "XLS-CODE").place == f"{SHEET}!E1"


def test_a_workbook_without_the_hidden_sheet_says_that_nothing_was_compared():
    assert found(changed(lambda book: book.remove(book["_tanzhi"])), "XLS-META").severity == "note"


@pytest.mark.parametrize("hidden", ["column", "sheet"])
def test_a_value_in_a_hidden_column_or_sheet_is_refused(hidden):
    def hide(book) -> None:
        if hidden == "column":
            book[SHEET].column_dimensions["D"].hidden = True
        else:
            book[SHEET].sheet_state = "hidden"

    assert found(changed(hide), "XLS-HIDDEN").place == (f"{SHEET}!D" if hidden == "column" else SHEET)


@pytest.mark.parametrize("code", ["0%", "0,", ";;;", '0!.0,"万"', "h:mm"])
def test_a_cell_that_shows_something_else_than_it_holds_is_refused(code):
    content = changed(lambda book: setattr(book[SHEET][USED], "number_format", code))
    assert found(content, "XLS-FORMAT").place == f"{SHEET}!{USED}"


@pytest.mark.parametrize("kind", sorted(HOSTILE))
def test_every_way_in_refuses_what_must_not_get_in_with_the_same_code(kind):
    content, code, _ = HOSTILE[kind]
    file = content()
    ways = (
        read(file).findings,
        read_mapped(file, "六月.xlsx", FORM, mapping(), EXPECTED).findings,
        list(read_ledger(file, "六月.xlsx", FORM).findings),
        sheet_reader.read(file, "六月.xlsx", {"单位"}).findings,
    )
    assert [[one.code for one in findings] for findings in ways] == [[code]] * 4


def test_a_value_in_a_hidden_row_is_refused_since_nobody_sees_it():
    content = changed(lambda book: setattr(book[SHEET].row_dimensions[5], "hidden", True))
    assert found(content, "XLS-HIDDEN").place == f"{SHEET}!5"


CELLS = {
    "很多": ("VAL-NUMBER", None),
    "12,5": ("VAL-COMMA", None),
    "1,250.50": ("VAL-SEPARATOR", "1250.50"),
    "１２.５０": ("VAL-WIDTH", "12.50"),
    "#DIV/0!": ("XLS-ERROR", None),
}


@pytest.mark.parametrize("written", CELLS)
def test_a_number_written_oddly_is_told_at_its_cell(written):
    code, value = CELLS[written]
    content = with_cell(written)
    assert found(content, code).place == f"{SHEET}!{USED}"
    flour = read(content).record["ovens"][0]["months"][0]["flours"][0]
    assert flour.get("flour_used") == value


def test_a_comma_decimal_comes_with_a_suggestion():
    assert found(with_cell("12,5"), "VAL-COMMA").expected.en == "do you mean 12.5? Use a point"


def test_a_negative_quantity_is_told_at_its_cell():
    assert found(with_cell(-3), "FORM-MINIMUM").place == f"{SHEET}!{USED}"


def test_a_quantity_in_the_wrong_unit_is_told_by_its_magnitude():
    assert found(with_cell(12500), "FORM-MAXIMUM").place == f"{SHEET}!{USED}"


@pytest.mark.parametrize(("cell", "kept"), [(0, "0.00"), ("NR", "NR"), ("未报", "NR"), ("EX", "EX"), ("不计入", "EX")])
def test_zero_not_reported_and_excluded_stay_three_different_things(cell, kept):
    answer = read(with_cell(cell))
    assert answer.record["ovens"][0]["months"][0]["flours"][0]["flour_used"] == kept
    assert answer.findings == []


def test_a_blank_is_not_a_zero():
    one = found(with_cell(None), "FORM-REQUIRED")
    assert one.place == f"{SHEET}!{USED}"


def test_binary_noise_of_a_spreadsheet_does_not_become_data():
    answer = read(with_cell(0.1 + 0.2))  # 0.30000000000000004
    assert answer.record["ovens"][0]["months"][0]["flours"][0]["flour_used"] == "0.30"


def test_a_month_outside_the_period_is_told():
    assert found(with_cell("2023-05", "B5"), "XLS-PERIOD").expected.en == "2023-06"


def test_a_day_that_does_not_exist_is_told():
    assert found(with_cell("2023-13", "B5"), "VAL-DATE").place == f"{SHEET}!B5"


def test_an_unknown_flour_is_told_with_the_options():
    assert "Wheat" in found(with_cell("砂", "C5"), "VAL-OPTION").expected.en


def test_a_row_without_its_key_is_told():
    assert found(with_cell(None, "A5"), "XLS-KEY").place == f"{SHEET}!A5"


def test_a_row_that_stands_twice_is_told_with_the_first_one():
    def twice(book):
        for column in range(1, 5):
            book[SHEET].cell(6, column, book[SHEET].cell(5, column).value)

    assert f"{SHEET}!C5" in found(changed(twice), "XLS-DUPLICATE").found


def test_an_empty_template_is_told():
    assert found(template(FORM), "XLS-EMPTY").severity == "error"


def test_text_that_begins_like_a_formula_is_text():
    book = template(form(bakery, "oven", 2023), Prefill("E1", "2023", {"ovens": [{"oven": "1", "oven_area": "9.0"}]}))
    loaded = openpyxl.load_workbook(io.BytesIO(book))
    sheet = loaded["烤炉"]
    column = [cell.value for cell in sheet[1]].index("plate") + 1
    sheet.cell(5, column, "@SUM(A1)").data_type = "s"
    target = io.BytesIO()
    loaded.save(target)
    answer = read_workbook(target.getvalue(), "a.xlsx", form(bakery, "oven", 2023))
    assert answer.errors == []
    assert answer.record["ovens"][0]["plate"] == "@SUM(A1)"


def ledger(formula: str | None = None) -> bytes:
    book = openpyxl.Workbook()
    book.active.title = "台账"
    book.active.append(["月", "粉", "公斤"])
    book.active.append(["2023年6月", "小麦粉", formula or 12500])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def mapping(**more) -> list[Mapped]:
    columns = [
        {"field": "oven", "constant": "1"},
        {"field": "month", "column": "A"},
        {"field": "flour", "column": "B"},
        {"field": "flour_used", "column": "C", "conversion": "kg>t"},
    ]
    return [Mapped.model_validate({"level": "flour", "sheet": "台账", "columns": columns, **more})]


def test_a_plant_s_own_ledger_is_read_by_its_mapping_with_its_units_converted():
    answer = read_mapped(ledger(), "台账.xlsx", FORM, mapping(), EXPECTED)
    assert answer.findings == []
    assert answer.record == RECORD
    assert answer.places["ovens[1].months[2023-06].flours[wheat].flour_used"] == "台账!C2"


def test_a_ledger_s_formulas_are_refused_unless_the_mapping_takes_stored_values():
    computed = odd_workbook(
        {
            "台账": row_of()
            + row_of(text("A2", "2023年6月"), text("B2", "小麦粉"), '<c r="C2"><f>1</f><v>12500</v></c>', r=2)
        }
    )
    assert [f.code for f in read_mapped(computed, "a.xlsx", FORM, mapping(), EXPECTED).errors][:1] == ["XLS-FORMULA"]
    answer = read_mapped(computed, "a.xlsx", FORM, mapping(cached_formulas=True), EXPECTED)
    assert (answer.accepted_formulas, answer.record) == (True, RECORD)


def test_a_formula_of_which_no_value_is_stored_is_refused_also_where_stored_values_count():
    answer = read_mapped(ledger("=12500"), "a.xlsx", FORM, mapping(cached_formulas=True), EXPECTED)
    assert [(f.code, f.place) for f in answer.errors][:1] == [("XLS-FORMULA", "台账!C2")]


def text(address: str, words: str) -> str:
    return f'<c r="{address}" t="str"><v>{words}</v></c>'


@pytest.mark.parametrize("first_row", [0, -5, 20_000, "x", None, 1.5])
def test_a_mapping_begins_in_a_row_that_there_is(first_row):
    with pytest.raises(ValidationError):
        mapping(first_row=first_row)


@pytest.mark.parametrize("column", ["中", "²", "A1", "CA", "AAA", "A B", "-1", "\0"])
def test_a_mapping_takes_its_columns_by_letters_that_there_are(column):
    with pytest.raises(ValidationError):
        LedgerColumn(field="flour_used", column=column)


def test_inputs_that_a_form_does_not_have_or_that_are_mapped_twice_are_named():
    odd = [
        {"field": "flour_used", "column": "C"},
        {"field": "flour_used", "column": "D"},
        {"field": "x", "column": "E"},
    ]
    part = Mapped.model_validate({"level": "flour", "sheet": "台账", "columns": odd})
    nowhere = Mapped.model_validate({"level": "nowhere", "sheet": "台账", "columns": odd[:1]})
    assert set(fields_unknown(FORM, [part, nowhere])) == {"flour.flour_used", "flour.x", "nowhere"}


@pytest.mark.parametrize("share", [True, False])
def test_a_percentage_counts_only_where_the_mapping_says_that_it_is_a_share(share):
    data = row_of() + row_of(text("A2", "2023年6月"), text("B2", "小麦粉"), number("C2", 0.125, 1), r=2)
    content = odd_workbook({"台账": data}, styles=styles_of("0.0%"))
    parts = mapping()[0].model_dump()
    parts["columns"][3]["conversion"] = "share>%" if share else ""
    answer = read_mapped(content, "a.xlsx", FORM, [Mapped.model_validate(parts)], EXPECTED)
    assert [f.code for f in answer.errors if f.code.startswith("XLS")] == ([] if share else ["XLS-FORMAT"])
