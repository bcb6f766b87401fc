"""Many rows at once: columns mapped, a dry run with an answer for each row, one act, undone with a reason."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pydantic import Field

from tanzhi.actions.models import Performed
from tanzhi.actions.registry import ACTIONS, Actor, Input, Label, Refused, perform
from tanzhi.evidence.files import receive
from tanzhi.office.imports.model import IMPORTERS, Import
from tanzhi.office.imports.rows import cells
from tanzhi.office.imports.sheet_reader import read
from tanzhi.office.imports.work import Importer, call_of, dry_run, guessed, sheet_of
from tanzhi.organisations.people.model import Person
from tanzhi.organisations.register.model import Organisation
from tanzhi.presentation.forms.fields import Choices
from tanzhi.rulebook.kernel.spelling import spelled_day
from tanzhi.rulebook.kernel.text import Text
from tests.factories import PASSWORD, World, person
from tests.presentation.intake.workbooks import number, styles_of
from tests.presentation.intake.workbooks import row as row_of
from tests.presentation.intake.workbooks import workbook as odd_workbook
from tests.workflow.vacation import Vacation

NAME = "cases.vacations"


class Row(Input):
    organisation: Annotated[int, Label("单位", "Organisation")]
    days: Annotated[int, Field(ge=1), Label("天数", "Days")]
    kind: Annotated[str, Label("类别", "Kind"), Choices({"repair": Text("检修", "Repair")})] = "repair"
    on: Annotated[date | None, Label("日期", "Date")] = None
    urgent: Annotated[bool, Label("紧急", "Urgent")] = False


def add(call: Any, row: Row) -> Any:
    if row.days == 13:
        raise Refused("VAC-13", Text("不收 13 天", "not 13 days"), 422)
    return Vacation.objects.create(organisation_id=row.organisation, days=row.days, state="asked")


@pytest.fixture(autouse=True)
def importer() -> Iterator[Importer]:
    made = Importer(
        NAME,
        title=Text("停运申请", "requests"),
        row=Row,
        by={"provincial_officer"},
        add=add,
        undo=lambda call, record: record.delete(),
    )
    yield made
    del IMPORTERS[NAME], ACTIONS[made.commit_name], ACTIONS[made.undo_name]


@pytest.fixture
def officer_person(world: World) -> Person:
    return person("importing", ("provincial_officer", world.authority), password=PASSWORD)


def workbook(*rows: tuple[Any, ...]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def uploaded(content: bytes, name: str = "请求.xlsx") -> str:
    return receive(io.BytesIO(content), name, "").file.sha256


HEADS = ("单位 Organisation*", "Days", "类别", "日期", "紧急")


def test_rows_of_a_workbook_are_imported_as_one_act(officer: Actor, world: World) -> None:
    told = workbook(
        ("一张表",), HEADS, (world.plant.pk, 3, "检修", date(2024, 3, 1), "是"), (world.plant.pk, "5", None)
    )
    outcome = perform(f"{NAME}_import", officer, data={"file": uploaded(told)})
    assert (outcome.result.count, outcome.result.state) == (2, "committed")
    assert sorted(Vacation.objects.values_list("days", flat=True)) == [3, 5]
    assert Performed.objects.filter(action=f"{NAME}_import").count() == 1


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_a_csv_of_any_usual_making_is_read(officer: Actor, world: World, encoding: str) -> None:
    words = f"单位;天数;日期\n{world.plant.pk};4;2024年3月1日\n"
    perform(f"{NAME}_import", officer, data={"file": uploaded(words.encode(encoding), "请求.csv")})
    assert Vacation.objects.get().days == 4


def test_a_dry_run_answers_every_row_and_leaves_nothing(importer: Importer, officer: Actor, world: World) -> None:
    told = workbook(HEADS, (world.plant.pk, 3), (world.plant.pk, 13), (world.plant.pk, "many"), (None, 2))
    sheet, _ = sheet_of(importer, uploaded(told), Actor.platform())
    answers = dry_run(importer, call_of(importer, officer), sheet, guessed(importer, sheet))
    assert [(one.number, [found.code for found in one.findings]) for one in answers] == [
        (2, []),
        (3, ["VAC-13"]),
        (4, ["VAL-WHOLE"]),
        (5, ["ACT-INPUT"]),
    ]
    assert not Vacation.objects.exists()


def test_one_bad_row_refuses_the_whole_file(officer: Actor, world: World) -> None:
    told = workbook(HEADS, (world.plant.pk, 3), (world.plant.pk, 13))
    with pytest.raises(Refused) as refused:
        perform(f"{NAME}_import", officer, data={"file": uploaded(told)})
    assert (refused.value.code, refused.value.findings[0].code) == ("IMP-ROWS", "VAC-13")
    assert not Vacation.objects.exists()


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (workbook(("别的",), ("1",)), "a.xlsx", "IMP-COLUMN"),
        (workbook(HEADS), "a.xlsx", "IMP-EMPTY"),
        (b"nothing", "a.xlsx", "IMP-ROWS"),
        (b"", "a.csv", "IMP-ROWS"),
        (b"\0\0,\0\n", "a.csv", "IMP-ROWS"),
    ],
)
def test_a_file_without_what_is_needed_is_refused(officer: Actor, content: bytes, name: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        perform(f"{NAME}_import", officer, data={"file": uploaded(content, name)})
    assert refused.value.code == code


def test_a_digest_that_nobody_uploaded_is_refused(officer: Actor) -> None:
    with pytest.raises(Refused) as refused:
        perform(f"{NAME}_import", officer, data={"file": "0" * 64})
    assert refused.value.code == "IMP-FILE"


def test_an_import_is_undone_once_and_with_a_reason(officer: Actor, other_officer: Actor, world: World) -> None:
    done = perform(f"{NAME}_import", officer, data={"file": uploaded(workbook(HEADS, (world.plant.pk, 3)))}).result
    with pytest.raises(Refused) as refused:
        perform(f"{NAME}_undo", other_officer, done, {"reason": "误导入该文件"})
    assert refused.value.code == "ACT-SCOPE"
    with pytest.raises(Refused):
        perform(f"{NAME}_undo", officer, done, {"reason": ""})
    perform(f"{NAME}_undo", officer, done, {"reason": "误导入该文件"})
    done.refresh_from_db()
    assert (done.state, done.reason, Vacation.objects.count()) == ("undone", "误导入该文件", 0)
    with pytest.raises(Refused) as refused:
        perform(f"{NAME}_undo", officer, done, {"reason": "再次撤销"})
    assert refused.value.code == "ACT-STATE"


def test_only_named_roles_import(clerk: Actor, verifier: Actor, stranger: Actor) -> None:
    for who in (clerk, verifier, stranger):
        with pytest.raises(Refused) as refused:
            perform(f"{NAME}_import", who, data={"file": "0" * 64})
        assert refused.value.code == "ACT-ROLE"


def test_cells_are_read_by_their_fields() -> None:
    places = {"organisation": 0, "days": 1, "kind": 2, "on": 3, "urgent": 4}
    read_row = Row.model_validate(cells(places, ["1,234", "7", "Repair", "2024/3/1", "否"]))
    assert read_row.model_dump(exclude_unset=True) == {
        "organisation": 1234,
        "days": 7,
        "kind": "repair",
        "on": date(2024, 3, 1),
        "urgent": False,
    }


def test_numbers_of_a_spreadsheet_come_as_their_author_saw_them() -> None:
    assert read(workbook(("a",), (0.1,), (12.0,), (True,)), "x.xlsx", ["a"]).rows == [["0.1"], ["12"], ["true"]]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_pages_lead_from_the_file_over_the_answers_to_the_import_and_back(
    client: Client, officer_person: Person, world: World, language: str
) -> None:
    client.cookies["django_language"] = language
    client.force_login(officer_person)
    page = client.get(f"/cases/import/{NAME}/")
    assert page.status_code == 200
    assert client.get(f"/cases/import/{NAME}/template.xlsx").content.startswith(b"PK")
    assert client.post(f"/cases/import/{NAME}/", {}).status_code == 422
    bad = SimpleUploadedFile("bad.xlsx", workbook(("Firm", "Days"), (world.plant.pk, 3), (world.plant.pk, 13)))
    mapping = client.post(f"/cases/import/{NAME}/", {"file": bad}).url
    assert "IMP" not in client.get(mapping).content.decode()
    tried = client.post(mapping, {"column-organisation": "Firm", "column-days": "Days"}).content.decode()
    assert "VAC-13" in tried
    assert 'name="commit"' not in tried
    good = SimpleUploadedFile("good.xlsx", workbook(HEADS, (world.plant.pk, 3)))
    mapping = client.post(f"/cases/import/{NAME}/", {"file": good}).url
    assert 'name="commit"' in client.get(mapping).content.decode()
    done = client.post(mapping, {"commit": "1", "column-organisation": HEADS[0], "column-days": "Days", "key": "k"})
    kept = Import.objects.get()
    assert done.url == kept.get_absolute_url()
    assert "/made-up/" in client.get(done.url).content.decode()
    client.post(f"/presentation/act/{NAME}_undo/{kept.pk}/", {"reason": "误导入该文件"})
    assert Vacation.objects.count() == 0


def test_the_pages_are_not_there_for_others(client: Client, clerk_person: Person, officer: Actor, world: World) -> None:
    done = perform(f"{NAME}_import", officer, data={"file": uploaded(workbook(HEADS, (world.plant.pk, 3)))}).result
    client.force_login(clerk_person)
    for address in (f"/cases/import/{NAME}/", "/cases/import/none/", f"/cases/import/{NAME}/{'0' * 64}/"):
        assert client.get(address).status_code == 404
    assert client.get(done.get_absolute_url()).status_code == 404


SEEN = '<row r="1"><c r="A1" t="str"><v>天数</v></c><c r="B1" t="str"><v>备注</v></c></row>'


@pytest.mark.parametrize(
    ("below", "code", "place"),
    [
        (row_of(number("A2", 3), '<c r="B2"><f>1</f><v>2</v></c>', r=2), "XLS-FORMULA", "表!B2"),
        (row_of(number("A2", 3), r=2, more='hidden="1"'), "XLS-HIDDEN", "表!2"),
        (row_of(number("A2", 0.5, 1), r=2), "XLS-FORMAT", "表!A2"),
        (row_of('<c r="A2" t="e"><v>#N/A</v></c>', r=2), "XLS-ERROR", "表!A2"),
    ],
)
def test_what_a_person_does_not_see_as_it_is_stored_is_refused_at_its_cell(below: str, code: str, place: str) -> None:
    findings = read(odd_workbook(SEEN + below, styles=styles_of("0%")), "表.xlsx", {"天数"}).findings
    assert [(one.code, one.place) for one in findings] == [(code, place)]


def test_merged_cells_are_refused_among_the_rows_and_read_above_them() -> None:
    def merged(area: str) -> Any:
        cells = f"<sheetData>{SEEN}{row_of(number('A2', 3), r=2)}</sheetData>"
        data = f"{cells}<mergeCells><mergeCell ref='{area}'/></mergeCells>"
        return read(odd_workbook(data), "表.xlsx", {"天数"}).findings

    assert merged("C1:D1") == []
    assert [one.place for one in merged("A2:A3")] == ["表!A2:A3"]


def test_the_first_sheet_that_is_to_be_seen_is_read() -> None:
    sheets = {"底稿": row_of(number("A1", 9)), "表": SEEN + row_of(number("A2", 3), r=2)}
    assert read(odd_workbook(sheets, states={"底稿": "hidden"}), "表.xlsx", {"天数"}).rows == [["3"]]


def test_a_heading_that_is_read_by_its_name_stands_once_and_others_are_told_apart() -> None:
    heads = "".join(
        f'<c r="{at}1" t="str"><v>{words}</v></c>'
        for at, words in zip("ABCD", ["天数", "备注", "备注", "天数"], strict=True)
    )
    sheet = read(odd_workbook(row_of(heads) + row_of(number("A2", 3), r=2)), "表.xlsx", {"天数"})
    assert sheet.headings == ["天数", "备注", "备注 (C)", "天数 (D)"]
    assert [(one.code, one.place) for one in sheet.findings] == [("XLS-CODE", "表!D1")]


def told_findings(content: bytes, importer: Importer, officer: Actor, name: str = "请求.xlsx", **more: str) -> Any:
    """The answers of a dry run: row, codes, places, why it is passed over."""
    sheet, _ = sheet_of(importer, uploaded(content, name), Actor.platform())
    answers = dry_run(importer, call_of(importer, officer), sheet, guessed(importer, sheet), more)
    return [
        (
            one.number,
            [found.code for found in one.findings],
            [found.place for found in one.findings],
            one.aside.en if one.aside else "",
        )
        for one in answers
    ]


def test_a_finding_names_sheet_and_cell_and_a_total_is_passed_over(
    importer: Importer, officer: Actor, world: World
) -> None:
    rows = (
        HEADS,
        ("【示例】", 1),
        (world.plant.pk, "many"),
        (world.plant.pk, 3, "拆除"),
        ("合 计", 4),
        ("企业小计", 4),
    )
    assert told_findings(workbook(*rows), importer, officer) == [
        (2, [], [], "the template's example, not imported"),
        (3, ["VAL-WHOLE"], ["Sheet!B3"], ""),
        (4, ["VAL-OPTION"], ["Sheet!C4"], ""),
        (5, [], [], "a row of totals, not imported"),
        (6, [], [], "a row of totals, not imported"),
    ]


@pytest.mark.parametrize("number", ["3343,5", "3.343,5", "1,2,3", "1_000", "1e3", "١٢٣", "10²", "①②"])
def test_a_number_is_read_as_at_every_other_door(importer: Importer, officer: Actor, world: World, number: str) -> None:
    [(_, codes, places, _)] = told_findings(workbook(HEADS, (world.plant.pk, number)), importer, officer)
    assert codes in (["VAL-WHOLE"], ["VAL-COMMA"])
    assert places == ["Sheet!B2"]


@pytest.mark.parametrize(
    ("written", "from_1904", "day"),
    [
        (45251, False, date(2023, 11, 21)),  # 45251 days after 30 December 1899
        ("45251", False, date(2023, 11, 21)),
        (43789, True, date(2023, 11, 21)),  # 1462 days fewer where they are counted from 1904
        (20231121, False, date(2023, 11, 21)),
        ("2023.11.21", False, date(2023, 11, 21)),
        ("2023年11月21日", False, date(2023, 11, 21)),
        ("2023/11/21", False, date(2023, 11, 21)),
        (date(2023, 11, 21), False, date(2023, 11, 21)),
    ],
)
def test_a_day_is_read_however_a_spreadsheet_keeps_it(
    importer: Importer, officer: Actor, world: World, written: Any, from_1904: bool, day: date
) -> None:
    book = openpyxl.Workbook()
    if from_1904:
        book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    book.active.append(HEADS)
    book.active.append((world.plant.pk, 3, None, written))
    out = io.BytesIO()
    book.save(out)
    sheet, _ = sheet_of(importer, uploaded(out.getvalue()), Actor.platform())
    [answer] = dry_run(importer, call_of(importer, officer), sheet, guessed(importer, sheet))
    assert (answer.findings, spelled_day(answer.cells["on"]).value) == ((), day.isoformat())


def test_what_is_the_same_in_every_row_is_told_once(importer: Importer, officer: Actor, world: World) -> None:
    file = uploaded(workbook(("Days", "备注"), (3, "x"), (4, "y")))
    data = {"file": file, "mapping": {"days": "Days"}, "constants": {"organisation": str(world.plant.pk)}}
    done = perform(f"{NAME}_import", officer, data=data).result
    assert sorted(Vacation.objects.values_list("organisation", "days")) == [(world.plant.pk, 3), (world.plant.pk, 4)]
    assert (done.layout.constants, done.mapping["unread"]) == ({"organisation": str(world.plant.pk)}, ["备注"])


def test_a_file_is_imported_once_unless_it_was_undone(officer: Actor, second_officer: Actor, world: World) -> None:
    file = uploaded(workbook(HEADS, (world.plant.pk, 3)))
    done = perform(f"{NAME}_import", officer, data={"file": file}).result
    for who in (officer, second_officer):
        with pytest.raises(Refused) as refused:
            perform(f"{NAME}_import", who, data={"file": file})
        assert refused.value.code == "IMP-AGAIN"
    assert Vacation.objects.count() == 1
    perform(f"{NAME}_undo", officer, done, {"reason": "误导入该文件"})
    perform(f"{NAME}_import", officer, data={"file": file})
    assert Vacation.objects.count() == 1


def test_the_same_file_for_another_target_is_another_matter(
    officer: Actor, officer_person: Person, world: World
) -> None:
    file = uploaded(workbook(("Days",), (3,)))

    def data(target: Organisation, **more: str) -> dict[str, Any]:
        return {"file": file, "mapping": {"days": "Days"}, "constants": {"organisation": str(target.pk), **more}}

    perform(f"{NAME}_import", officer, data=data(world.plant))
    for same_target in (data(world.plant), data(world.plant, kind=" ")):  # a blank is nothing in every row
        with pytest.raises(Refused) as refused:
            perform(f"{NAME}_import", officer, data=same_target)
        assert refused.value.code == "IMP-AGAIN"
    perform(f"{NAME}_import", officer, data=data(world.verifier_firm))
    assert sorted(Vacation.objects.values_list("organisation", "days")) == sorted(
        [(world.plant.pk, 3), (world.verifier_firm.pk, 3)]
    )
    browser = Client()
    browser.force_login(officer_person)
    receive(io.BytesIO(workbook(("Days",), (3,))), "请求.xlsx", "", officer_person.pk)
    page, form = f"/cases/import/{NAME}/{file}/", {"column-days": "Days"}
    known, other = (browser.post(page, form | {"constant-organisation": str(n)}) for n in (world.plant.pk, 1))
    assert (known.status_code, "IMP-AGAIN" in known.content.decode()) == (409, True)
    assert (other.status_code, "该文件已导入过，固定值不同" in other.content.decode()) == (200, True)


@pytest.mark.parametrize(
    ("mapping", "constants"),
    [
        ({"organisation": HEADS[0], "days": "Days", "first_row": "-5"}, {}),
        ({"organisation": HEADS[0], "days": "Tage"}, {}),
        ({"organisation": HEADS[0], "days": "Days"}, {"colour": "red"}),
    ],
)
def test_a_mapping_that_names_what_there_is_not_is_refused(
    officer: Actor, world: World, mapping: dict[str, str], constants: dict[str, str]
) -> None:
    file = uploaded(workbook(HEADS, (world.plant.pk, 3)))
    with pytest.raises(Refused) as refused:
        perform(f"{NAME}_import", officer, data={"file": file, "mapping": mapping, "constants": constants})
    assert [finding.code for finding in refused.value.findings] == ["IMP-MAPPING"]
    assert not Vacation.objects.exists()


def test_a_half_wrong_file_is_refused_whole_and_tells_which_rows_fit(officer: Actor, world: World) -> None:
    days = (3, 4, 13, 5, "x")
    with pytest.raises(Refused) as refused:
        perform(
            f"{NAME}_import", officer, data={"file": uploaded(workbook(HEADS, *((world.plant.pk, n) for n in days)))}
        )
    words = refused.value.message.en
    assert words == "请求.xlsx: 2 rows do not fit (row 4、6); nothing was imported. Rows that fit: 2–3、5"
    assert [finding.place for finding in refused.value.findings] == ["Sheet!4", "Sheet!B6"]


def test_the_next_file_with_the_same_headings_is_read_as_the_last_one(
    client: Client, officer_person: Person, world: World
) -> None:
    client.force_login(officer_person)

    def posted(*rows: tuple[Any, ...]) -> str:
        file = SimpleUploadedFile("a.xlsx", workbook(("Tage", "Wer"), *rows))
        return client.post(f"/cases/import/{NAME}/", {"file": file}).url

    told = {"commit": "1", "column-days": "Tage", "constant-organisation": str(world.plant.pk)}
    assert client.post(posted((3, "x")), told).status_code == 302
    page = client.get(posted((4, "y"))).content.decode()
    assert "沿用上次同样表头" in page
    assert '<option value="Tage" selected>' in page
    assert f'value="{world.plant.pk}"' in page
    assert "不导入：" in page  # the column Wer, from which nothing is taken


def test_the_template_offers_words_and_its_example_is_never_imported(
    importer: Importer, officer: Actor, world: World, client: Client, officer_person: Person
) -> None:
    client.force_login(officer_person)
    content = client.get(f"/cases/import/{NAME}/template.xlsx").content
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book.worksheets[0]
    assert [cell.value for cell in sheet[1]][:2] == ["单位\nOrganisation*", "天数\nDays*"]
    lists = {str(rule.sqref): rule.formula1 for rule in sheet.data_validations.dataValidation}
    assert lists == {"C2:C2000": "'选项'!$A$1:$A$1", "E2:E2000": "'选项'!$B$1:$B$2"}
    assert [cell.value for cell in book["选项"][1]] == ["检修", "是"]
    assert told_findings(content, importer, officer) == [(2, [], [], "the template's example, not imported")]
    sheet.append((world.plant.pk, 3, "检修", 45251, "否"))
    out = io.BytesIO()
    book.save(out)
    perform(f"{NAME}_import", officer, data={"file": uploaded(out.getvalue(), "模板.xlsx")})
    assert Vacation.objects.get().days == 3
