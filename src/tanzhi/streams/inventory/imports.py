"""A provincial energy balance, a row a cell, as the fuel combustion of the inventory's energy filing.

Every row names fuel, process and amount. An amount in coal equivalent becomes tonnes by its heat: what a tonne of
standard coal holds, over the net calorific value that the filing computes with. The file makes one version of the
filing of its year; questions, check and deposit go on there.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal, localcontext
from typing import Annotated, Any, Literal

from pydantic import Field

from tanzhi.actions.perform import perform
from tanzhi.actions.refusal import Refused, refused
from tanzhi.actions.table import Call, Input
from tanzhi.actions.validation import Label
from tanzhi.filings.months.model import Filing
from tanzhi.law.evaluation import parameter
from tanzhi.office.imports.work import Importer
from tanzhi.organisations.register.choices import regions
from tanzhi.organisations.register.model import Organisation, Region
from tanzhi.presentation.forms.fields import Choices, Help
from tanzhi.rulebook.inventory.energy.base import COALS, FUELS, GASES, SECTORS
from tanzhi.rulebook.inventory.law import GUIDE
from tanzhi.rulebook.kernel.rounding import EXACT, HALF_UP, plain, round_legally
from tanzhi.rulebook.kernel.text import Text

from .balance_words import RAW_COAL, TRANSPORT, BalanceProcess, balance_words, plainly

OFFICE = frozenset({"city_officer", "provincial_officer", "provincial_director"})
FORM = "inventory_energy.year"
DECIMALS = 4  # of a quantity of fuel in the form
MASS, VOLUME, EQUIVALENT, HEAT = "mass", "volume", "coal equivalent", "heat"
BALANCE_UNITS: dict[str, tuple[Text, str, Decimal]] = {
    "mtce": (Text("百万吨标准煤（Mtce）", "Mtce"), EQUIVALENT, Decimal(1_000_000)),
    "wtce": (Text("万吨标准煤", "10⁴ tce"), EQUIVALENT, Decimal(10_000)),
    "tj": (Text("太焦（TJ）", "TJ"), HEAT, Decimal(1_000)),
    "wt": (Text("万吨", "10⁴ t"), MASS, Decimal(10_000)),
    "ym3": (Text("亿立方米", "10⁸ m³"), VOLUME, Decimal(10_000)),
}
"""Units of a balance: what they measure, how many tce, GJ, t or 10^4 m3 they are."""
UNIT_WORDS = {code: words for code, (words, _, _) in BALANCE_UNITS.items()}
RAW_COALS = {code: COALS[code] for code in ("anthracite", "bituminous", "lignite")}
TRANSPORTS = {code: SECTORS[code] for code in ("road", "rail", "water", "aviation")}
RELEASES = {
    "gbt32151": Text("GB/T 32151.22-2024 附录C", "GB/T 32151.22-2024, annex C"),
    "guide2011": Text("2011年试行指南", "Trial guide of 2011"),
}


class EnergyBalanceCell(Input):
    """A cell of the balance."""

    region: Annotated[str, Field(min_length=1, max_length=100), Label("地区", "Region"), Choices(regions)]
    year: Annotated[int, Field(ge=1990, le=2100), Label("年份", "Year")]
    material: Annotated[str, Field(min_length=1, max_length=100), Label("能源品种", "Energy")]
    process: Annotated[str, Field(min_length=1, max_length=100), Label("平衡表项目", "Row of the balance")]
    value: Annotated[Decimal, Field(max_digits=24, allow_inf_nan=False), Label("数量", "Amount")]
    unit: Annotated[Literal["mtce", "wtce", "tj", "wt", "ym3"], Label("计量单位", "Unit"), Choices(UNIT_WORDS)]
    factor_release: Annotated[
        Literal["gbt32151", "guide2011"], Label("燃料因子来源", "Release of fuel factors"), Choices(RELEASES)
    ]
    raw_coal_as: Annotated[
        Literal["anthracite", "bituminous", "lignite", ""],
        Label("原煤按", "Raw coal as"),
        Choices({"": Text("—", "—"), **RAW_COALS}),
        Help("平衡表不分煤种，有原煤的须选定", "a balance does not divide it; needed where it has raw coal"),
    ] = ""
    transport_as: Annotated[
        Literal["road", "rail", "water", "aviation", ""],
        Label("交通运输按", "Transport as"),
        Choices({"": Text("—", "—"), **TRANSPORTS}),
        Help("平衡表不分运输方式，有交通运输的须选定", "a balance does not divide it; needed where it has transport"),
    ] = ""


_NOT_FUEL = Text("电力、热力或合计，不是燃料，不导入", "electricity, heat or a total: no fuel, not imported")
_NOT_BURNT = Text("非燃烧环节，不导入", "nothing is burnt there; not imported")
_NIL = Text("为零，不导入", "nil; not imported")


def passes_over(row: EnergyBalanceCell) -> Text | None:
    words = balance_words()
    if plainly(row.material) in words.not_fuels:
        return _NOT_FUEL
    if plainly(row.process) in words.not_burnt:
        return _NOT_BURNT
    return _NIL if row.value == 0 else None


_MATERIAL = Text("已知品种：{names}", "an energy that is known: {names}")
_PROCESS = Text("已知项目：{names}", "a row of the balance that is known: {names}")
_RAW = Text("在“原煤按”处选定煤种，全文件填一次", "a kind of coal under “Raw coal as”, once for the file")
_WAY = Text("在“交通运输按”处选定运输方式", "a way of transport under “Transport as”")
_POSITIVE = Text("消费量不为负（加工转换投入除外）", "an amount that is not negative, but for inputs to transformation")


def fuel_of(row: EnergyBalanceCell) -> str:
    fuels = balance_words().fuels
    fuel = fuels.get(plainly(row.material)) or next(
        (code for code, label in FUELS.items() if row.material in (code, label.zh, label.en)), ""
    )
    if not fuel:
        names = "、".join(list(fuels)[:60])
        raise refused("BAL-FUEL", "material", row.material, _MATERIAL.format(names=names))
    if fuel != RAW_COAL:
        return fuel
    if not row.raw_coal_as:
        raise refused("BAL-RAW", "raw_coal_as", row.material, _RAW)
    return row.raw_coal_as


def process_of(row: EnergyBalanceCell) -> BalanceProcess:
    processes = balance_words().processes
    process = processes.get(plainly(row.process))
    if process is None:
        raise refused("BAL-PROCESS", "process", row.process, _PROCESS.format(names="、".join(list(processes)[:60])))
    if process.sector != TRANSPORT:
        return process
    if not row.transport_as:
        raise refused("BAL-TRANSPORT", "transport_as", row.process, _WAY)
    return BalanceProcess(process.name, row.transport_as, process.sign, process.whole)


_DIMENSION = Text("{fuel}的单位：{units}", "a unit of {fuel}: {units}")
_NO_HEAT = Text(
    "低位发热量：缺参数 {name}（{fuel}，{year} 年）。请录入该参数，或按实物量导入",
    "a net calorific value: the parameter {name} is missing for {fuel}, {year}. Enter it, or import physical amounts",
)
NCV = "inventory_energy.default_net_calorific_value"
COAL_EQUIVALENT = "inventory_energy.heat_of_coal_equivalent"


def local_value(filing: Filing, sector: str, fuel: str) -> Decimal | None:
    """The calorific value found in the province, where the filing states one for this sector and fuel."""
    record = filing.latest.record if filing.latest else {}
    for stated in record.get("sectors", ()):
        for row in stated.get("fuels", ()) if stated.get("sector") == sector else ():
            if row.get("fuel") == fuel and row.get("local_net_calorific_value"):
                return Decimal(row["local_net_calorific_value"])
    return None


def burnt(row: EnergyBalanceCell, fuel: str, local: Decimal | None) -> Decimal:
    """The amount as the form has it: t, of gases 10^4 m3."""
    words, measure, times = BALANCE_UNITS[row.unit]
    if measure in (MASS, VOLUME):
        if (measure == VOLUME) is not (fuel in GASES):
            fits = [label for label, kind, _ in BALANCE_UNITS.values() if kind not in (MASS, VOLUME)]
            fits.append(BALANCE_UNITS["ym3" if fuel in GASES else "wt"][0])
            units = Text("、".join(label.zh for label in fits), ", ".join(label.en for label in fits))
            raise refused("BAL-UNIT", "unit", words, _DIMENSION.format(fuel=FUELS[fuel], units=units))
        return row.value * times
    day = date(row.year, 1, 1)
    try:
        calorific_value = local or parameter(NCV, on=day, fuel=fuel)
    except Refused as missing:
        expected = _NO_HEAT.format(name=NCV, fuel=FUELS[fuel], year=str(row.year))
        raise refused("BAL-FACTOR", "material", row.material, expected) from missing
    heat = row.value * times * (parameter(COAL_EQUIVALENT, on=day) if measure == EQUIVALENT else 1)
    with localcontext(EXACT):
        return round_legally(heat / calorific_value, DECIMALS, HALF_UP)


Amounts = dict[tuple[str, str, str], Decimal]  # sector, fuel, row of the balance


def add(call: Call, row: EnergyBalanceCell) -> Filing:
    """A cell joins the others of its filing; the filing is saved once, when all are there."""
    fuel, process = fuel_of(row), process_of(row)
    if process.sign >= 0 and row.value < 0:
        raise refused("BAL-SIGN", "value", plain(row.value), _POSITIVE)
    filing = filing_of(call, row)
    amount = abs(burnt(row, fuel, local_value(filing, process.sector, fuel)))
    of_file: dict[int, tuple[Filing, str, Amounts]] = call.prepared if call.prepared is not None else {}
    call.prepared = of_file
    _, release, amounts = of_file.setdefault(filing.pk, (filing, row.factor_release, {}))
    if release != row.factor_release:
        raise refused("BAL-RELEASE", "factor_release", row.factor_release, RELEASES[release])
    key = (process.sector, fuel, process.name if process.sign else f"-{process.name}")
    if process.whole:
        key = (process.sector, fuel, f"{process.whole}/{process.name}")
    amounts[key] = amounts.get(key, Decimal(0)) + amount
    return filing


_DEPARTMENT = Text("本部门负责的地区", "a region whose data your department states")


def filing_of(call: Call, row: EnergyBalanceCell) -> Filing:
    """The energy filing of the region's year by the actor's own department, opened where there is none."""
    named = Region.objects.filter(code=row.region) | Region.objects.filter(name_zh=row.region)
    region = (named | Region.objects.filter(name_en__iexact=row.region)).first()
    own = [grant.organisation_id for grant in call.actor.grants if grant.role in OFFICE and grant.organisation_id]
    department = Organisation.objects.filter(pk__in=own, kind="authority", region=region).first()
    if region is None or department is None:
        raise refused("BAL-REGION", "region", row.region, _DEPARTMENT)
    data = {"form_code": FORM, "organisation_id": department.pk, "period": str(row.year)}
    filing: Filing = perform("filings.open", call.actor, data=data).result
    return filing


SAVED = Text("由能源平衡表导入", "imported from an energy balance")


def finish(call: Call) -> None:
    """Each filing with what the file says of it, as its next version; local factors that stand there stay."""
    for filing, release, amounts in (call.prepared or {}).values():
        filing.refresh_from_db()
        latest = filing.latest
        record: dict[str, Any] = dict(latest.record) if latest else {}
        record = record | {"factor_release": release, "sectors": sectors_of(record, summed(amounts))}
        perform("filings.save", call.actor, filing, {"record": record, "reason": SAVED.zh})


_FEEDSTOCK = Text("非能源使用不大于工业消费量", "no more used as feedstock than industry consumed")


def summed(amounts: Amounts) -> dict[tuple[str, str], Decimal]:
    """By sector and fuel: parts only where their whole is not told, feedstock taken off industry."""
    totals: dict[tuple[str, str], Decimal] = {}
    for (sector, fuel, name), amount in amounts.items():
        whole = name.partition("/")[0] if "/" in name else ""
        if whole and (sector, fuel, whole) in amounts:
            continue
        sign = -1 if name.startswith("-") else 1
        totals[sector, fuel] = totals.get((sector, fuel), Decimal(0)) + sign * amount
    for (_, fuel), amount in totals.items():
        if amount < 0:
            raise refused("BAL-FEEDSTOCK", "value", f"{FUELS[fuel].zh} {plain(amount)}", _FEEDSTOCK)
    return totals


def sectors_of(record: dict[str, Any], totals: dict[tuple[str, str], Decimal]) -> list[dict[str, Any]]:
    """The form's rows: what stands there keeps its own factors, its amounts are the file's."""
    rows: dict[str, dict[str, dict[str, Any]]] = {}
    for sector in record.get("sectors", ()):
        fuels = {fuel["fuel"]: dict(fuel) for fuel in sector.get("fuels", ()) if "fuel" in fuel}
        rows.setdefault(sector.get("sector", ""), {}).update(fuels)
    for (sector, fuel), amount in totals.items():
        stated = rows.setdefault(sector, {}).setdefault(fuel, {"fuel": fuel})
        stated["fuel_burnt"] = plain(amount)
    return [{"sector": sector, "fuels": list(fuels.values())} for sector, fuels in rows.items() if sector]


IMPORT = Importer(
    "inventory.balance",
    title=Text("地区能源平衡表", "provincial energy balance"),
    row=EnergyBalanceCell,
    by=OFFICE,
    add=add,
    fills="inventory.list",
    heads={
        "region": ("province.name", "province", "省份"), "year": ("年度",),
        "material": ("EBMaterial", "能源", "品种"), "process": ("EBProcess", "项目", "指标"),
        "value": ("数值", "消费量", "实物量"), "unit": ("单位",),
    },
    example={"year": "2005", "material": "原煤", "process": "火力发电", "value": "-1050", "unit": "wtce"},
    passes_over=passes_over,
    finish=finish,
    again=True,
    law=GUIDE,
)  # fmt: skip
