"""Which acts programs are told of, and the row that is written with each of them."""

from __future__ import annotations

import re

from tanzhi.actions.outbox import LISTENERS, ActDone
from tanzhi.actions.table import ACTIONS
from tanzhi.rulebook.kernel.text import Text

from .model import ActEvent

DEPOSIT, RETURN, DECISION = "deposit", "return", "decision"
LETTER, PUBLICATION, PROPOSAL = "letter", "publication", "proposal"
KINDS = {
    DEPOSIT: Text("存证", "Deposit"),
    RETURN: Text("退回", "Return"),
    DECISION: Text("决定", "Decision"),
    LETTER: Text("文书", "Letter"),
    PUBLICATION: Text("发布", "Publication"),
    PROPOSAL: Text("提请审批", "Proposal"),
}
DEPOSITS = frozenset({"filings.deposit"})
PUBLICATIONS = frozenset(
    {
        "bulletin.publish", "bulletin.supersede", "ccer.open_notice", "ccer.report_notice", "inventory.publish",
        "inventory.withdraw", "organisations.disclose_list", "policy.publish_audit_list",
    }
)  # fmt: skip
RETURNS = re.compile(r"^(return|send_back|hand_back)(_|$)")
ANSWERS = frozenset({"policy.return_comments"})  # what a department says of a draft, and sends nothing back
ENDINGS = frozenset({"proposed", "rejected", "withdrawn"})
"""Of a proposal in the log; an approved one is the act itself."""
WRITTEN_LETTER = re.compile(r"^letter (\d+)$")  # as `office.letters` names one in the entry of the act


def kind_of(act: str) -> str:
    """Of which kind the event of an act is; empty: programs are told nothing of it."""
    name, _, ending = act.rpartition(".")
    if act not in ACTIONS:
        return PROPOSAL if ending in ENDINGS and name in ACTIONS else ""
    if act in DEPOSITS:
        return DEPOSIT
    if act in PUBLICATIONS:
        return PUBLICATION
    if RETURNS.match(ending) and act not in ANSWERS:
        return RETURN
    return DECISION if ACTIONS[act].decides else ""


def write_event(act: ActDone) -> None:
    """The rows of an act: its own, and one for each letter that was written with it."""
    kind = kind_of(act.kind)
    rows = [ActEvent(entry_id=act.entry, kind=kind, act=act.kind, subject=act.subject)] if kind and act.subject else []
    letters = (matched[1] for name in act.attached if (matched := WRITTEN_LETTER.match(name)))
    rows += [ActEvent(entry_id=act.entry, kind=LETTER, act=act.kind, subject=f"cases.letter:{key}") for key in letters]
    if rows:
        ActEvent.objects.bulk_create(rows)


LISTENERS.append(write_event)
