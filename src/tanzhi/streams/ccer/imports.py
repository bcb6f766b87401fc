"""Candidates for the library of voluntary reductions out of a sheet of their owner; each row is an act of its own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from tanzhi.actions.perform import perform
from tanzhi.actions.refusal import Refused
from tanzhi.actions.table import Call
from tanzhi.office.imports.work import Importer
from tanzhi.office.imports.work import stands as stands_as
from tanzhi.rulebook.kernel.text import Text

from .inputs import ProposeInput
from .models import CANDIDATE, CreditProject
from .work import CREDIT_PROJECT, OWNER

if TYPE_CHECKING:
    from tanzhi.actions.actor import Actor

_BEGUN = Text("项目 {n} 已纳入储备库或已撤回", "project {n} is in the library or withdrawn already")


def add(call: Call, row: ProposeInput) -> CreditProject:
    proposed: CreditProject = perform("ccer.propose", call.actor, data=row).result
    return proposed


def stands(_call: Call, row: ProposeInput) -> bool:
    """The owner has a project of this name that was not withdrawn."""
    ends = CREDIT_PROJECT.ends
    project = CreditProject.objects.filter(owner__code=row.owner, zh=row.zh).exclude(state__in=ends).first()
    if project is None:
        return False
    return stands_as(row, {"methodology": project.methodology, "scale": project.scale, "region": project.region.code})


def rows(actor: Actor) -> Iterator[dict[str, Any]]:
    projects = CreditProject.objects.visible_to(actor).exclude(state__in=CREDIT_PROJECT.ends)
    for entry in projects.select_related("owner", "region").order_by("number"):
        fields = {name: getattr(entry, name) for name in ("zh", "en", "methodology", "scale")}
        yield fields | {"owner": entry.owner.code, "region": entry.region.code}


def undo(call: Call, project: CreditProject) -> None:
    """A candidate is withdrawn; its number is not used again."""
    if project.state != CANDIDATE:
        raise Refused("IMP-BUILT", _BEGUN.format(n=project.number), 409)
    perform("ccer.withdraw", call.actor, project, {"words": call.data.reason})


IMPORT = Importer(
    "ccer.projects",
    title=Text("自愿减排储备项目", "projects for the CCER library"),
    row=ProposeInput,
    by=OWNER,
    add=add,
    undo=undo,
    fills="ccer.projects",
    heads={"owner": ("业主", "业主单位"), "zh": ("名称",), "methodology": ("方法学",), "region": ("所在地区", "地市")},
    example={"zh": "示例造林项目", "scale": "1000 公顷"},
    present=stands,
    rows=rows,
)
