"""The other books of energy out of a spreadsheet: a row a kind of energy, each its own act."""

from __future__ import annotations

from decimal import Decimal

from tanzhi.actions.perform import perform
from tanzhi.actions.roles import PLANT
from tanzhi.actions.table import Call
from tanzhi.office.imports.work import Importer
from tanzhi.rulebook.kernel.text import Text

from .model import EnergyStatement, EnergyStatistic
from .queries import statements_of, statistics_of
from .work import OFFICIALS, EnergyStatementInput, EnergyStatisticInput, withdraw_row


def add_statement(call: Call, row: EnergyStatementInput) -> EnergyStatement:
    statement: EnergyStatement = perform("verification.state_energy", call.actor, data=row.model_dump()).result
    return statement


def statement_stands(_call: Call, row: EnergyStatementInput) -> bool:
    rows = statements_of(EnergyStatement.objects.filter(organisation__code=row.organisation, year=row.year))
    return any((old.book, old.item, Decimal(old.quantity)) == (row.book, row.item, row.quantity) for old in rows)


def add_statistic(call: Call, row: EnergyStatisticInput) -> EnergyStatistic:
    data = row.model_dump()
    statistic: EnergyStatistic = perform("verification.record_energy_statistics", call.actor, data=data).result
    return statistic


def statistic_stands(_call: Call, row: EnergyStatisticInput) -> bool:
    rows = statistics_of(EnergyStatistic.objects.filter(region__code=row.region, year=row.year))
    return any((old.item, Decimal(old.quantity)) == (row.item, row.quantity) for old in rows)


STATEMENTS = Importer(
    "verification.energy_statements",
    title=Text("企业能源统计（205-1、电网结算单）", "energy of plants (form 205-1, bills)"),
    row=EnergyStatementInput,
    by=PLANT | OFFICIALS,
    add=add_statement,
    undo=withdraw_row,
    present=statement_stands,
    fills="verification.energy_books",
    heads={
        "organisation": ("单位代码", "企业代码"), "year": ("年份",), "item": ("能源名称", "品种"),
        "quantity": ("消费量", "消费合计", "电量"), "source": ("来源", "表号"),
    },
    example={"year": "2023", "item": "烟煤", "quantity": "120000", "source": "205-1 表 2023 年"},
)  # fmt: skip
STATISTICS = Importer(
    "verification.energy_statistics",
    title=Text("地区能源统计", "energy of regions"),
    row=EnergyStatisticInput,
    by=OFFICIALS,
    add=add_statistic,
    undo=withdraw_row,
    present=statistic_stands,
    fills="verification.energy",
    heads={
        "region": ("市州", "地市"), "year": ("年份",), "item": ("能源名称", "品种"), "quantity": ("消费量", "消费合计"),
        "source": ("来源", "表号", "年鉴"),
    },
    example={"year": "2023", "item": "烟煤", "quantity": "5200000", "source": "2023 年能源平衡表"},
)  # fmt: skip
