"""Explaining a difference: a person says what it comes from; the books stay as they are."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from tanzhi.actions.refusal import Refused
from tanzhi.actions.roles import PLANT
from tanzhi.actions.table import Call, Input, action
from tanzhi.actions.validation import Label
from tanzhi.presentation.forms.fields import Hidden, Long
from tanzhi.rulebook.kernel.text import Text
from tanzhi.streams.market.ledger.work import OFFICER, RULES

from .model import DifferenceExplanation, Reconciliation
from .queries import reconciled

_NO_DIFFERENCE = Text(
    "对账单的这一行与这笔记账之间没有待说明的差异，可能已一致或已有说明；请刷新对账页后再选",
    "there is no open difference of this row and this posting: they agree by now, or it is explained; "
    "reload the reconciliation and choose again",
)


class ExplainInput(Input):
    line: Annotated[int | None, Field(ge=1), Label("对账单的行", "Row of the statement"), Hidden()] = None
    transfer: Annotated[int | None, Field(ge=1), Label("本平台记账", "Posting here"), Hidden()] = None
    words: Annotated[
        str, Field(min_length=4, max_length=2000), Label("差异原因", "What the difference comes from"), Long()
    ]


@action(
    "registry.explain_difference",
    label=Text("说明差异", "Explain a difference"),
    by=OFFICER | PLANT,
    subject=Reconciliation,
    input=ExplainInput,
    law=RULES,
)
def explain_difference(call: Call, reconciliation: Reconciliation) -> Reconciliation:
    """Keep why a row and our books differ; it holds for this row and this posting, and for no other pair."""
    data: ExplainInput = call.data
    keys = (data.line, data.transfer)
    pairs = {
        (each.line.pk if each.line else None, each.transfer.pk if each.transfer else None)
        for each in reconciled(reconciliation).open
    }
    if keys not in pairs:
        raise Refused("REC-DIFFERENCE", _NO_DIFFERENCE, 409)
    DifferenceExplanation.objects.create(
        reconciliation=reconciliation,
        line_id=data.line,
        transfer_id=data.transfer,
        words=data.words,
        person_name=call.actor.name,
        at=call.now,
    )
    call.attach("line", data.line)
    call.attach("transfer", data.transfer)
    return reconciliation
