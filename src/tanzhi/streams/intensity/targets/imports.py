"""Targets of the province and its cities out of a sheet."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from tanzhi.actions.perform import perform
from tanzhi.actions.table import Call
from tanzhi.office.imports.work import Importer, remove
from tanzhi.office.imports.work import stands as stands_as
from tanzhi.rulebook.kernel.rounding import plain
from tanzhi.rulebook.kernel.text import Text

from .model import Target
from .work import TargetInput

if TYPE_CHECKING:
    from tanzhi.actions.actor import Actor

COMPARED = ("binding", "confidential", "published", "source")


def add(call: Call, row: TargetInput) -> Target:
    target: Target = perform("intensity.set_target", call.actor, data=row).result
    return target


def stands(_call: Call, row: TargetInput) -> bool:
    """A region has the target of these years with this decline; another decline is another statement of it."""
    same_years = {"region__code": row.region, "base_year": row.base_year, "end_year": row.end_year}
    target = Target.objects.filter(**same_years, decline=plain(row.decline)).order_by("-pk").first()
    return target is not None and stands_as(row, {name: getattr(target, name) for name in COMPARED})


def rows(actor: Actor) -> Iterator[dict[str, Any]]:
    """Targets as their documents state them; confidential ones only for whoever has clearance."""
    for target in Target.objects.visible_to(actor).select_related("region"):
        fields = {name: getattr(target, name) for name in ("base_year", "end_year", "decline", *COMPARED)}
        yield {"region": target.region.code} | fields


def undo(_call: Call, target: Target) -> None:
    """Whatever was divided or warned of by the target holds it."""
    remove(target)


IMPORT = Importer(
    "intensity.targets",
    title=Text("强度目标", "targets"),
    row=TargetInput,
    by={"provincial_officer"},
    add=add,
    undo=undo,
    fills="intensity.targets",
    heads={"region": ("地市", "市州", "所属地区"), "decline": ("下降", "下降（%）", "降低目标（%）", "Decline (%)"),
           "source": ("文件", "依据文件")},
    example={"base_year": "2020", "end_year": "2025", "decline": "13.5", "source": "示例文号", "binding": "true"},
    present=stands,
    rows=rows,
)  # fmt: skip
