"""What the province answers the nation: the nation's list in the columns that it came with, the answers beside them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tanzhi.actions.perform import perform
from tanzhi.actions.refusal import Refused
from tanzhi.actions.table import Call, action
from tanzhi.evidence.files import open_stored
from tanzhi.office.imports.model import Import
from tanzhi.office.imports.sheet_reader import read
from tanzhi.presentation.lists.listing import ListColumn, Listing
from tanzhi.rulebook.kernel.text import Text, same

from .cells import CHAIN
from .imports import CLUES
from .model import FOUND, NATION, TO_ANSWER, Clue
from .work import CLUE, PROVINCE, NationAnswerInput

if TYPE_CHECKING:
    from collections.abc import Callable

    from tanzhi.actions.actor import Actor


@dataclass(frozen=True, slots=True)
class AnsweredRow:
    """A row of the nation's list as its cells came, with the clue that was made of it."""

    cells: tuple[str, ...]
    clue: Clue


def added_by(committed: Import) -> list[int]:
    """Keys of the clues that an import added, in its order."""
    return [int(added.partition(":")[2]) for added in committed.added]


def clues_of(committed: Import, actor: Actor) -> list[Clue]:
    """The clues that an import added, in its order, as far as the reader may see them."""
    keys = added_by(committed)
    visible = Clue.objects.visible_to(actor).filter(pk__in=keys, withdrawn=False)
    rows = visible.select_related("organisation__region").in_bulk()
    return [rows[key] for key in keys if key in rows]


def answered_rows(committed: Import, actor: Actor) -> tuple[list[str], list[AnsweredRow]]:
    """The headings of the file and its rows, each beside its clue."""
    clues = {clue.number: clue for clue in clues_of(committed, actor)}
    words = {words for label in CLUES.labels.values() for words in (label.zh, label.en)}
    with open_stored(committed.sha256) as content:
        sheet = read(content.read(), committed.file_name, words | set(committed.layout.columns.values()))
    at = sheet.headings.index(committed.layout.columns["number"])
    rows = [
        AnsweredRow((*row, *[""] * (len(sheet.headings) - len(row))), clues[row[at].strip()])
        for row in sheet.rows
        if len(row) > at and row[at].strip() in clues
    ]
    return sheet.headings, rows


def answers_listing(headings: list[str]) -> Listing:
    """The list as it goes back: first the columns that came, as they came, then the answers."""

    def cell(at: int) -> Callable[[AnsweredRow], str]:
        return lambda row: row.cells[at]

    came = [ListColumn(f"came_{at}", same(head), value=cell(at)) for at, head in enumerate(headings) if head]
    return Listing(
        "verification.clue_answers",
        title=Text("国家线索反馈清单", "Answers to the nation's list"),
        noun=Text("条", "clues"),
        columns=(
            *came,
            ListColumn("state", Text("状态", "State"), value="clue.state", kind="state", words=CLUE.words,
                       tone=lambda row: row.clue.tone),
            ListColumn("outcome", Text("核实结论", "The problem"), value="clue.outcome", words=FOUND),
            ListColumn("check_result", Text("核实情况", "What was found"), value="clue.check_result"),
            ListColumn("measures", Text("整改措施", "Rectification measures"), value="clue.measures"),
            ListColumn("closing", Text("省厅意见", "The province's opinion"), value="clue.closing"),
            ListColumn("answered_on", Text("反馈日期", "Day of the answer"), value="clue.answered_on", kind="date"),
            ListColumn("document", Text("反馈文号", "Letter"), value="clue.answer_document"),
        ),
        empty=Text("该清单没有可见的线索。", "None of its clues is to be seen."),
    )  # fmt: skip


NONE_WAITS = Text("该清单没有待反馈国家的线索", "no clue of this list waits for an answer to the nation")


@action(
    "verification.answer_list",
    label=Text("反馈国家清单", "Answer the nation's list"),
    by=PROVINCE,
    subject=Import,
    input=NationAnswerInput,
    law=CHAIN,
)
def answer_list(call: Call, committed: Import) -> Import:
    """Mark every clue of a list that is worked off as answered on a day; each is an act of its own."""
    waiting = Clue.objects.filter(pk__in=added_by(committed), state=TO_ANSWER, level=NATION, withdrawn=False)
    clues = list(waiting.order_by("pk")) if committed.importer == CLUES.name else []
    if not clues:
        raise Refused("CLU-NONE-WAITS", NONE_WAITS, 409)
    for clue in clues:
        perform("verification.answer_clue", call.actor, clue, call.data.model_dump())
    call.attach("clues", len(clues))
    return committed
