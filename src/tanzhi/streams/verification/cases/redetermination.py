"""Rejecting filed values and putting the prescribed ones in their place; everything above recomputes."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from tanzhi.actions.refusal import Refused
from tanzhi.actions.table import Input
from tanzhi.actions.validation import Label, field_label
from tanzhi.presentation.forms.fields import Choices, Help, Long
from tanzhi.rulebook.kernel.finding import ERROR, Finding
from tanzhi.rulebook.kernel.rounding import plain
from tanzhi.rulebook.kernel.states import KNOWN
from tanzhi.rulebook.kernel.text import Text, same
from tanzhi.workflow.findings.model import CaseFinding

from .group import refuse_outsiders
from .methods import Method, labels, methods
from .model import Redetermination, Verification
from .overlay import Cells, FiledCell, active, cells_of_rows, emission_of, filed_cells, root_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tanzhi.actions.table import Call

PERCENT = Annotated[Decimal | None, Field(ge=0, le=10)]


class RedetermineInput(Input):
    cells: Annotated[list[str], Field(min_length=1), Label("被否定的数据", "Rejected values")]
    method: Annotated[str, Label("核定方法", "How it is replaced"), Choices(labels())]
    actual: Annotated[
        PERCENT, Label("实际准确度（%）", "Actual accuracy (%)"), Help("0.8 级填 0.8", "class 0.8: 0.8")
    ] = None
    required: Annotated[PERCENT, Label("要求准确度（%）", "Required accuracy (%)")] = None
    uncovered: Annotated[
        Decimal | None,
        Field(ge=0),
        Label("未覆盖部分的数量", "Quantity not covered"),
        Help("延迟校准时，未处于校准有效期内的那部分", "where a meter was calibrated late: what it measured before"),
    ] = None
    value: Annotated[Decimal | None, Field(ge=0), Label("查实数值", "Value that is proven")] = None
    finding: Annotated[int, Field(ge=1), Label("所依据的不符合项序号", "Number of the finding")]
    basis: Annotated[str, Field(min_length=2, max_length=2000), Label("依据", "Basis"), Long()]


class WithdrawInput(Input):
    number: Annotated[int, Label("重新核定", "Redetermination")]
    reason: Annotated[str, Field(min_length=2, max_length=2000), Label("理由", "Reason"), Long()]


def redetermine(call: Call, case: Verification) -> None:
    """Replace cells by one method; refused where the outcome would be less than what was filed."""
    refuse_outsiders(call, case)
    data = call.data
    method = methods(case.filing.guideline_name).get(data.method)
    if method is None:
        raise Refused(
            "VER-METHOD", Text("没有这种核定方法：{found}", "no such method: {found}").format(found=data.method)
        )
    for name in sorted(method.needs):
        if getattr(data, name) is None:
            message = Text("该方法须填写{label}", "this method needs: {label}").format(
                label=field_label(type(data), name)
            )
            raise Refused("VER-NEEDS", message, 422, [Finding("VER-NEEDS", ERROR, "", name, "", message, message)])
    finding: CaseFinding | None = CaseFinding.objects.filter(case=case.reference, number=call.data.finding).first()
    if finding is None:
        message = Text(
            "没有第 {n} 号不符合项；重新核定须依据不符合项", "there is no finding {n}: a redetermination has one"
        )
        raise Refused("VER-FINDING", message.format(n=call.data.finding), 422)
    cells = _cells_of(case, call.data.cells, method)
    # An accuracy as a fraction: class 0.5 is 0.005.
    stated = {name: value / 100 for name in ("actual", "required") if (value := getattr(data, name)) is not None}
    stated |= {name: number for name in ("value", "uncovered") if (number := getattr(call.data, name)) is not None}
    ground = RedeterminationGround(method, stated, finding.reference)
    new = [_row(call, case, cell, ground) for cell in cells]
    # The outcome must be known, and no less than before, unless another source proves it.
    before = cells_of_rows(active(case))
    was, now = _total(case, before), _total(case, (*before, *cells_of_rows(new)))
    if not method.lowers_emission and now < was:
        message = Text(
            "核定后排放量 {now} t 低于核定前 {was} t，不是保守值", "{now} t is below {was} t before: not conservative"
        )
        raise Refused("VER-LOWER", message.format(now=plain(now), was=plain(was)), 422)
    if method.blanks and now == was:
        raise Refused("VER-SAME", Text("核定后结果没有变化", "nothing changes by it"), 422)
    Redetermination.objects.bulk_create(new)
    call.attach("cells", [f"{row.path}: {row.filed} -> {row.value or 'default'}" for row in new])


def _cells_of(case: Verification, paths: Iterable[str], method: Method) -> list[FiledCell]:
    """The cells that were named, and for a default every cell of their rows that it takes the place of."""
    by_path = {cell.path: cell for cell in filed_cells(case.filing, case.version.record)}
    taken = {row.path for row in active(case)}
    cells: dict[str, FiledCell] = {}
    for path in paths:
        cell = by_path.get(path)
        if cell is None:
            raise Refused(
                "VER-CELL", Text("填报中没有该数据：{found}", "not in the report: {found}").format(found=path)
            )
        if not method.fits(cell.field.name):
            message = Text("“{method}”不适用于{field}", "“{method}” is not for {field}")
            raise Refused("VER-METHOD", message.format(method=method.label, field=cell.field.label), 422)
        beside = [
            other for other in by_path.values() if other.place == cell.place and other.field.name in method.fields
        ]
        cells |= {other.path: other for other in (beside if method.blanks else [cell])}
    for path in sorted(taken & cells.keys()):
        message = Text("{cell}已重新核定，请先撤回", "{cell} is redetermined already: withdraw that first")
        raise Refused("VER-TWICE", message.format(cell=cells[path].words), 409)
    return list(cells.values())


@dataclass(frozen=True, slots=True)
class RedeterminationGround:
    """How cells are replaced, by which stated numbers, and for which finding."""

    method: Method
    stated: dict[str, Decimal]
    finding: str

    def written(self, name: str) -> str:
        return plain(self.stated[name]) if name in self.stated else ""


def _row(call: Call, case: Verification, cell: FiledCell, ground: RedeterminationGround) -> Redetermination:
    # No more can be uncovered than was measured.
    part = ground.stated.get("uncovered", Decimal(0))
    if ground.method.part and part > Decimal(cell.value):
        message = Text("未覆盖部分 {part} 大于填报值 {filed}", "uncovered {part} is more than the filed {filed}")
        raise Refused("VER-PART", message.format(part=plain(part), filed=cell.value), 422)
    return Redetermination(
        case=case,
        place_in_record=cell.place,
        field=cell.field.name,
        filed=cell.value,
        value=ground.method.value(Decimal(cell.value), ground.stated, cell.field.decimals),
        method=ground.method.code,
        actual=ground.written("actual"),
        required=ground.written("required"),
        basis=call.data.basis,
        finding=ground.finding,
        person_name=call.actor.name,
        at=call.now,
    )


def _total(case: Verification, cells: Cells) -> Decimal:
    value = emission_of(root_of(case, cells))
    if value.state != KNOWN or not isinstance(value.number, Decimal):
        reason = value.reason or same("–")
        message = Text("核定后排放量不能确定：{reason}", "the emission cannot be determined: {reason}")
        raise Refused("VER-UNKNOWN", message.format(reason=reason), 422)
    return value.number


def withdraw(call: Call, case: Verification) -> None:
    """Let the filed value stand again."""
    refuse_outsiders(call, case)
    row = case.redeterminations.filter(pk=call.data.number, withdrawn=False).first()
    if row is None:
        raise Refused("VER-CELL", Text("没有该项重新核定", "there is no such redetermination"), 404)
    together = case.redeterminations.filter(
        place_in_record=row.place_in_record, method=row.method, at=row.at, withdrawn=False
    )
    together.update(withdrawn=True)
    call.attach("withdrawn", row.path)
