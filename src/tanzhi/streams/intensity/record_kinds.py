"""What programs read of gross domestic product, energy, targets, decompositions and warnings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q

from tanzhi.presentation.records.kind import DECIMAL, WORDS, RecordField, RecordKind, register
from tanzhi.rulebook.kernel.text import Text

from .decompositions.model import SIGNED, Decomposition, Share
from .ledger.model import SCOPES, VINTAGES, EnergyBalance, GdpLevel, ReferencePoint
from .targets.model import Target
from .warnings.model import EarlyWarning

if TYPE_CHECKING:
    from tanzhi.actions.actor import Actor

NAME = RecordField("name", WORDS)
VINTAGE = RecordField("vintage", words=VINTAGES)
STATED = ("published", "source", "at", "withdrawn_at")


def shares_in_reach(actor: Actor) -> Any:
    """Those of signed decompositions, and those of a region in reach."""
    return Share.objects.filter(
        Q(decomposition__in=Decomposition.objects.visible_to(actor).order_by().values("pk"))
        | Q(decomposition__state=SIGNED)
    )


register(
    RecordKind(
        "gdp",
        Text("地区生产总值", "Gross domestic product"),
        GdpLevel,
        ("region__code", "year", "price_base", "vintage", "pk"),
        (
            "region", "year", "price_base", RecordField("value", DECIMAL), RecordField("index", DECIMAL), VINTAGE,
            *STATED,
        ),
    )
)  # fmt: skip
register(
    RecordKind(
        "energy",
        Text("能源消费", "Energy consumed"),
        EnergyBalance,
        ("region__code", "year", "vintage", "pk"),
        (
            "region", "year", RecordField("coal", DECIMAL), RecordField("oil", DECIMAL), RecordField("gas", DECIMAL),
            "transfers", RecordField("scope", words=SCOPES), VINTAGE, *STATED,
        ),
    )
)  # fmt: skip
register(
    RecordKind(
        "reference_points",
        Text("参考序列", "Reference points"),
        ReferencePoint,
        ("series", "base_year", "year", "pk"),
        (
            "series", NAME, "year", "base_year", RecordField("change", DECIMAL), "source", "confidence", "correction",
        ),
    )
)  # fmt: skip
register(
    RecordKind(
        "targets",
        Text("强度目标", "Targets"),
        Target,
        ("region__code", "base_year", "end_year", "pk"),
        (
            "region", "base_year", "end_year", RecordField("decline", DECIMAL), "binding", "confidential", *STATED,
        ),
    )
)  # fmt: skip
register(
    RecordKind(
        "decompositions",
        Text("目标分解", "Decompositions of targets"),
        Decomposition,
        ("target__region__code", "target__end_year", "pk"),
        (
            "target", NAME, "method", RecordField("least", DECIMAL), RecordField("most", DECIMAL),
            RecordField("common", DECIMAL), "computed", "release", "signed_at", "state", "revision",
        ),
    )
)  # fmt: skip
register(
    RecordKind(
        "decomposition_shares",
        Text("分解到市州", "Shares of cities"),
        Share,
        ("decomposition__target__region__code", "decomposition__target__end_year", "decomposition__pk", "region__code"),
        (
            "decomposition", "region", RecordField("emission", DECIMAL), RecordField("gdp", DECIMAL),
            RecordField("growth", DECIMAL), RecordField("weight", DECIMAL), "exact", RecordField("published", DECIMAL),
        ),
        rows=shares_in_reach,
    )
)  # fmt: skip
register(
    RecordKind(
        "warnings",
        Text("预警提醒", "Early warnings"),
        EarlyWarning,
        ("region__code", "year", "pk"),
        (
            "region", "target", "year", "light", RecordField("change", DECIMAL), RecordField("due", DECIMAL),
            RecordField("completion", DECIMAL), "release", "request", "measures", "remark", "state", "revision",
        ),
    )
)  # fmt: skip
