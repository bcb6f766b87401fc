"""The same enterprises as files: lists of register and people, a laboratory's table, a workbook for each form.

They are made of the data that the acts state, and handed in where a person hands in a file of his own.
"""

from __future__ import annotations

import base64
import csv
import io
from collections.abc import Iterator, Sequence
from typing import Any

import openpyxl
from tanzhi_client.api.filings import list_laboratory_reports
from tanzhi_client.api.organisations import read_organisations
from tanzhi_client.models import LaboratoryReportsRecordPage, OrganisationsRecord

from tanzhi.filings.intake.template import Prefill, template
from tanzhi.filings.shared.forms import filled_form, guideline_of
from tanzhi.rulebook.accounting.power import power
from tanzhi.rulebook.kernel import form

from .facts import LIST_BASIS, LISTED, site_of, unit_of
from .gansu.data import read
from .generate import Plant, Record, tested_coal
from .industries import Works, works_site, works_units
from .over_api import KeyedAct, NotDone, Program, Visitor, do_all, fitting
from .plant_months import (
    ROLES,
    SINCE_WORDS,
    Enterprise,
    FiledForm,
    annual_record,
    annual_report,
    month_records,
    name_of,
    power_month,
    sign_in_name,
)

Rows = list[dict[str, Any]]
LABORATORY_HEADS = {
    "report": "报告编号", "month": "月份", "sample_number": "样品编号", "sampled_on": "采样日期",
    "received_on": "收样日期", "tested_on": "检测日期", "reported_on": "报告日期", "laboratory": "检测机构",
    "laboratory_mark": "CMA/CNAS", "standard": "检测依据", "carbon_air_dried": "Cad (%)",
    "moisture_air_dried": "Mad (%)", "hydrogen_air_dried": "Had (%)", "total_sulphur": "St (%)",
    "ash_air_dried": "Aad (%)", "net_calorific_value": "Qnet,ar (GJ/t)",
}  # fmt: skip
"""How a laboratory heads what the form calls so."""


def table_of(rows: Rows) -> bytes:
    """Rows as CSV, headed by the names of all their fields: a line of one industry states what another's does not."""
    out = io.StringIO()
    writer = csv.DictWriter(out, list(dict.fromkeys(name for row in rows for name in row)))
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode("utf-8-sig")


def workbook_of(rows: Rows) -> bytes:
    """The same rows as a workbook of one sheet."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(list(rows[0]))
    for row in rows:
        sheet.append(list(row.values()))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def register_rows(enterprises: Sequence[Enterprise]) -> Iterator[tuple[str, Rows]]:
    """The four lists of the register by the names of their imports, each resting on the one before."""
    firms, listed, sites, units = Rows(), Rows(), Rows(), Rows()
    for enterprise in enterprises:
        sector, guideline, site, registered = register_entry(enterprise)
        firms.append({
            "代码": enterprise.code, "中文名称": enterprise.zh, "英文名称": enterprise.en, "类别": "企业",
            "地区": enterprise.region, "行业": sector, "核算指南": guideline, "起始日期": SINCE_WORDS,
        })  # fmt: skip
        listed.append({"单位代码": enterprise.code, "行业": sector, "起始日期": LISTED, "依据": LIST_BASIS})
        sites.append({
            "单位代码": enterprise.code, "设施代码": site["code"], "设施名称": site["zh"], "英文名称": site["en"],
            "地区": site["region"], "起始日期": site["since"],
        })  # fmt: skip
        for unit in registered:
            stated = {f"attributes.{name}": value for name, value in unit["attributes"].items()}
            units.append({"设施代码": site["code"], "机组编号": unit["number"], "起始日期": unit["since"], **stated})
    yield from (("organisations", firms), ("key_units", listed), ("facilities", sites), ("units", units))


def register_entry(enterprise: Enterprise) -> tuple[str, str, dict[str, str], Sequence[dict[str, Any]]]:
    """What the register has of an enterprise: its sector, its guideline, its site, its units or lines."""
    if isinstance(enterprise, Works):
        units = works_units(read("industries.yaml")[enterprise.guideline], enterprise)
        return enterprise.sector, enterprise.guideline, works_site(enterprise), units
    numbers = range(1, len(enterprise.units) + 1)
    return "power", power.name, site_of(enterprise), [unit_of(enterprise, number) for number in numbers]


def import_register(administrator: Visitor, enterprises: Sequence[Enterprise]) -> None:
    """Each list is stored as a file, read and imported whole."""
    for name, rows in register_rows(enterprises):
        imported(administrator, name, rows)


def import_people(security: Visitor, administrator: Visitor, enterprises: Sequence[Enterprise]) -> None:
    """Two people of each enterprise with their roles: one hands the list in, another decides on the whole."""
    rows = [
        {
            "登录名": sign_in_name(enterprise, who), "姓名": name_of(enterprise, who), "角色": role,
            "单位代码": enterprise.code, "起始日期": SINCE_WORDS,
        }
        for enterprise in enterprises for who, (_, role) in ROLES.items()
    ]  # fmt: skip
    answer = imported(security, "people", rows)
    if answer.status == 200:
        administrator.decide(answer.answer.proposal)


def imported(visitor: Visitor, name: str, rows: Rows) -> Any:
    """The answer to the import of a list; its key names the file's length, so that a longer one is another act."""
    sha256 = visitor.store(f"{name}.csv", table_of(rows))
    act = KeyedAct(f"organisations.{name}_import", f"import:{name}:{sha256[:16]}", {"file": sha256})
    return do_all(visitor.client, visitor.tally, [act])[0]


def upload_reports(clerk: Visitor, program: Program, plant: Plant, of: Sequence[str]) -> None:
    """The laboratory's own table of the year on its page, unless the reports are on record."""
    page = list_laboratory_reports.sync(client=program.client, organisation=plant.code, limit=500)
    recorded = {report.month for report in fitting(page, LaboratoryReportsRecordPage).records}
    reports = [tested_coal(plant, month) for month in of if month not in recorded]
    if not reports:
        return
    rows = [{head: report[name] for name, head in LABORATORY_HEADS.items()} for report in reports]
    firm = fitting(read_organisations.sync(plant.code, client=program.client), OrganisationsRecord)
    address = f"/filings/laboratory/of/{firm.id}/{of[0][:4]}/"
    fields = {"material": reports[0]["material"]}
    if refusal := clerk.hand_in(address, f"{address}save/", fields, (f"{plant.code}.xlsx", workbook_of(rows))):
        raise NotDone(f"{plant.code}: 检测报告未登记 / the laboratory's reports were not recorded: {refusal}")


def uploaded_months(plant: Plant, of: Sequence[str]) -> Iterator[KeyedAct]:
    """Each month opened, and its workbook uploaded."""
    for month, units in month_records(plant, of):
        yield from uploaded(power_month(plant, month), {"units": units})


def uploaded_report(works: Works, year: int) -> Iterator[KeyedAct]:
    """The annual report opened, and its workbook uploaded."""
    yield from uploaded(annual_report(works, year), annual_record(works, year))


def uploaded(filed: FiledForm, record: Record) -> Iterator[KeyedAct]:
    """The form's own template, filled in."""
    blank = form(guideline_of(filed.name), filled_form(filed.name), int(filed.period[:4]))
    content = template(blank, Prefill(filed.enterprise, filed.period, record))
    workbook = {"content": base64.b64encode(content).decode(), "name": f"{filed.enterprise}-{filed.period}.xlsx"}
    yield filed.opening()
    yield filed.act("upload", workbook)
