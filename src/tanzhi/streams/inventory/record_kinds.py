"""What programs read of inventories."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q

from tanzhi.actions.actor import ScopeFields, scope
from tanzhi.presentation.records.kind import DECIMAL, RecordField, RecordKind, register
from tanzhi.rulebook.kernel.text import Text

from .disclosure import hidden_rows
from .models import CONFIDENTIAL, Cell, Inventory, Notation, Run, own_regions

if TYPE_CHECKING:
    from tanzhi.actions.actor import Actor

OF_INVENTORY = ("inventory__region__code", "inventory__year", "inventory__edition", "inventory__number")
OF_RUN = (*(f"run__{look}" for look in OF_INVENTORY), "run__number")


def cells_in_reach(actor: Actor) -> Any:
    """With their inventories; what is confidential, and what would tell it, by the authorities and whoever compiles it.

    A row that the summary table blackens beside a confidential one is left out too: a total less the others tells it.
    """
    seen = Cell.objects.filter(run__inventory__in=Inventory.objects.visible_to(actor).order_by().values("pk"))
    inside = scope(actor, ScopeFields(organisation="", region="run__inventory__region__path"))
    withheld = Q(notation=CONFIDENTIAL)
    with_secrets = seen.filter(notation=CONFIDENTIAL).exclude(mass=None).order_by().values("run")
    for run in Run.objects.filter(pk__in=with_secrets).select_related("inventory"):
        withheld |= Q(run=run, category__in=hidden_rows(run))
    return seen.filter(~withheld | inside | Q(run__inventory__region__in=own_regions(actor)))


register(
    RecordKind(
        "inventories",
        Text("温室气体清单", "Inventories"),
        Inventory,
        ("region__code", "year", "edition", "number"),
        ("region", "year", "edition", "gwp_set", "number", "published", "state", "revision"),
    )
)
register(
    RecordKind(
        "inventory_notations",
        Text("清单标记", "Notations of inventories"),
        Notation,
        (*OF_INVENTORY, "category", "gas"),
        ("inventory", "category", "gas", "key", "reason", "target", "person_name", "at"),
    )
)
register(
    RecordKind(
        "inventory_runs",
        Text("清单编制", "Compilations of inventories"),
        Run,
        (*OF_INVENTORY, "number"),
        ("inventory", "number", "versions", "release", "person_name", "at"),
    )
)
register(
    RecordKind(
        "inventory_cells",
        Text("清单单元格", "Cells of inventories"),
        Cell,
        (*OF_RUN, "category", "gas"),
        ("run", "category", "gas", RecordField("mass", DECIMAL), "notation", "result", "marks"),
        rows=cells_in_reach,
    )
)
