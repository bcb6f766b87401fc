"""Projects of an owner out of a sheet: a row an application, each an act of its own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from tanzhi.actions.perform import perform
from tanzhi.actions.refusal import Refused
from tanzhi.actions.table import Call
from tanzhi.office.imports.work import Importer, remove
from tanzhi.office.imports.work import stands as stands_as
from tanzhi.rulebook.kernel.text import Text

from .inputs import ApplyInput
from .models import DRAFT, EXITED, REJECTED, VETOED, Project
from .work import GUIDE, OWNER

if TYPE_CHECKING:
    from tanzhi.actions.actor import Actor

ENDS = (REJECTED, EXITED, VETOED)
ALIKE = ("kind", "category", "stage", "investment", "demand", "credit_code")
_BEGUN = Text("项目“{name}”已填写效益或已提交，不能撤销", "{name}: its benefit is stated or it was submitted already")


def add(call: Call, row: ApplyInput) -> Project:
    applied: Project = perform("finance.apply", call.actor, data=row).result
    return applied


def stands(_call: Call, row: ApplyInput) -> bool:
    """The owner has an application of this name under this programme."""
    rows = Project.objects.filter(owner__code=row.owner, programme__code=row.programme, zh=row.zh)
    project = rows.exclude(state__in=ENDS).select_related("region").first()
    if project is None:
        return False
    return stands_as(row, {name: getattr(project, name) for name in ALIKE} | {"region": project.region.code})


def rows(actor: Actor) -> Iterator[dict[str, Any]]:
    projects = Project.objects.visible_to(actor).exclude(state__in=ENDS).filter(programme__kind__in=("library", "bond"))
    for project in projects.select_related("owner", "region", "programme").order_by("opened_at", "pk"):
        fields = {name: getattr(project, name) for name in ("zh", "en", "about", *ALIKE)}
        codes = {"owner": project.owner.code, "region": project.region.code, "programme": project.programme.code}
        yield fields | codes | {"negative": "none", "penalised": "no", "confirmed": True}


def undo(_call: Call, project: Project) -> None:
    """A draft that nothing was added to goes; what was handed in stays."""
    if project.state != DRAFT or project.benefit_year is not None:
        raise Refused("IMP-BUILT", _BEGUN.format(name=project.name), 409)
    remove(project)


IMPORT = Importer(
    "finance.projects",
    title=Text("气候投融资项目", "climate-finance projects"),
    row=ApplyInput,
    by=OWNER,
    add=add,
    undo=undo,
    fills="finance.projects",
    heads={
        "owner": ("业主", "业主单位", "申报单位"), "region": ("地区", "所在地区", "地市"), "zh": ("名称", "项目"),
        "kind": ("类型",), "category": ("项目分类", "支持方向"), "investment": ("总投资",),
        "demand": ("贷款需求", "融资需求（万元）", "融资需求"), "programme": ("项目库", "批次来源"),
    },
    example={"zh": "示例光伏发电项目", "investment": "132000", "demand": "90000"},
    present=stands,
    rows=rows,
    law=GUIDE,
)  # fmt: skip
