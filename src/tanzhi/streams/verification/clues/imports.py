"""Importing the national list of clues: a row is a clue, entered as by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tanzhi.actions.perform import perform
from tanzhi.actions.refusal import Refused
from tanzhi.office.imports.work import Importer
from tanzhi.rulebook.kernel.text import Text
from tanzhi.workflow.clocks.clocks import stop_for

from .cells import CHAIN
from .model import RECEIVED, Clue
from .work import PROVINCE, ClueInput

if TYPE_CHECKING:
    from tanzhi.actions.table import Call


def add(call: Call, row: ClueInput) -> Any:
    """Each row is an act of its own, refused as the act refuses."""
    return perform("verification.receive_clue", call.actor, data=row).result


def undo(call: Call, clue: Clue) -> None:
    """A clue that somebody already works on stays, and the import with it."""
    if clue.state != RECEIVED:
        message = Text("线索 {n} 已开始办理，不能撤销", "clue {n} is being worked on and stays").format(n=clue.number)
        raise Refused("CLU-BEGUN", message, 409)
    stop_for(call, clue)
    clue.withdrawn = True
    clue.number = f"{clue.number}~{clue.pk}"[:60]
    clue.save(update_fields=["withdrawn", "number"])


CLUES = Importer(
    "verification.clues",
    title=Text("问题线索清单", "list of clues"),
    row=ClueInput,
    by=PROVINCE,
    add=add,
    undo=undo,
    law=CHAIN,
)
