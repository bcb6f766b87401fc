"""GDP, energy and targets, as far as they were published; who recorded a row is not told."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from tanzhi.actions.references import reference
from tanzhi.actions.visibility import PUBLIC
from tanzhi.presentation.open_data.data_set import DECIMAL, WHOLE, DataColumn, DataSet, PublicRow, names, register
from tanzhi.rulebook.kernel.text import Text

from .ledger.lists import BILLION, PERCENT, TCE, net_electricity
from .ledger.model import SCOPES, VINTAGES, EnergyBalance, GdpLevel
from .targets.model import Target

KILOWATT_HOURS = Text("亿千瓦时", "10^8 kWh")
GROUNDS = Text("记录时已标明公开", "marked as published when it was recorded")
SOURCE = Text("“来源”栏所列文件", "the document in the column source")
PLACE = (DataColumn("region", Text("地区代码", "Code of the region")), *names("region", Text("地区", "Region")))
VINTAGE = DataColumn("vintage", Text("数据口径", "Vintage"), codes=VINTAGES)
STATED_IN = DataColumn("source", Text("来源", "Source"))


def _shared(row: Any) -> dict[str, Any]:
    region = row.region
    return {"region": region.code, "region_zh": region.name_zh, "region_en": region.name_en, "source": row.source}


def _public(model: Any) -> Any:
    """What was published and not taken back."""
    return model.objects.visible_to(PUBLIC).filter(withdrawn_at=None).select_related("region")


def levels() -> Iterator[PublicRow]:
    for row in _public(GdpLevel).order_by("region__path", "price_base", "year", "pk"):
        index = Decimal(row.index) if row.index else None
        gdp = {"year": row.year, "price_base": row.price_base, "gdp": Decimal(row.value), "index": index}
        yield PublicRow(reference(row), {**_shared(row), **gdp, "vintage": row.vintage})


def balances() -> Iterator[PublicRow]:
    for row in _public(EnergyBalance).order_by("region__path", "year", "pk"):
        fuels = {name: Decimal(written) if (written := getattr(row, name)) else None for name in ("coal", "oil", "gas")}
        more = {"year": row.year, "net_electricity": net_electricity(row), "scope": row.scope, "vintage": row.vintage}
        yield PublicRow(reference(row), {**_shared(row), **fuels, **more})


def targets() -> Iterator[PublicRow]:
    for row in _public(Target).order_by("region__path", "end_year", "base_year", "pk"):
        decline = {"base_year": row.base_year, "end_year": row.end_year, "decline": Decimal(row.decline)}
        binding = "binding" if row.binding else "expected"
        yield PublicRow(reference(row), {**_shared(row), **decline, "binding": binding})


register(
    DataSet(
        "gdp",
        Text("地区生产总值", "GDP"),
        Text("不变价地区生产总值，各数据口径分行", "GDP at constant prices, a row for each vintage"),
        GROUNDS,
        (
            *PLACE,
            DataColumn("year", Text("年份", "Year"), WHOLE),
            DataColumn("price_base", Text("价格基期", "Price base"), WHOLE),
            DataColumn(
                "gdp",
                Text("不变价生产总值；由指数推算的保留全部位数", "GDP; where it follows from an index with all digits"),
                DECIMAL,
                BILLION,
                source=SOURCE,
            ),
            DataColumn("index", Text("指数，上年=100", "Index, the year before = 100"), DECIMAL, source=SOURCE),
            VINTAGE,
            STATED_IN,
        ),
        levels,
        ("intensity.record_gdp", "intensity.record_index"),
    ),
    60,
)
register(
    DataSet(
        "energy",
        Text("能源消费", "Energy"),
        Text("各年能源消费和净调入电力，各数据口径分行", "Energy and net electricity in, a row for each vintage"),
        GROUNDS,
        (
            *PLACE,
            DataColumn("year", Text("年份", "Year"), WHOLE),
            DataColumn("coal", Text("煤炭", "Coal"), DECIMAL, TCE, source=SOURCE),
            DataColumn("oil", Text("油品", "Oil"), DECIMAL, TCE, source=SOURCE),
            DataColumn("gas", Text("天然气", "Gas"), DECIMAL, TCE, source=SOURCE),
            DataColumn(
                "net_electricity",
                Text("净调入电力：调入减调出", "Net electricity in: imports less exports"),
                DECIMAL,
                KILOWATT_HOURS,
                source=SOURCE,
            ),
            DataColumn("scope", Text("核算口径", "Scope"), codes=SCOPES),
            VINTAGE,
            STATED_IN,
        ),
        balances,
        ("intensity.record_energy",),
    ),
    62,
)
register(
    DataSet(
        "targets",
        Text("碳强度下降目标", "Targets of carbon intensity"),
        Text("公开的目标；不公开的目标不在其中", "Targets that are public; confidential ones are not among them"),
        GROUNDS,
        (
            *PLACE,
            DataColumn("base_year", Text("基年", "Base year"), WHOLE),
            DataColumn("end_year", Text("目标年", "Final year"), WHOLE),
            DataColumn("decline", Text("下降幅度", "Decline"), DECIMAL, PERCENT, source=SOURCE),
            DataColumn(
                "binding",
                Text("性质", "Nature"),
                codes={"binding": Text("约束性", "binding"), "expected": Text("预期性", "expected")},
            ),
            STATED_IN,
        ),
        targets,
        ("intensity.set_target",),
    ),
    64,
)
