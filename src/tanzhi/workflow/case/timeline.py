"""Everything that happened to a case, by the trail of actions, each line with its entry in the evidence log."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tanzhi.actions.models import Performed
from tanzhi.actions.references import reference
from tanzhi.actions.registry import ACTIONS
from tanzhi.actions.roles import KNOWN_ROLES
from tanzhi.actions.states import case_type
from tanzhi.evidence.models import Entry
from tanzhi.organisations.people.queries import person_names
from tanzhi.rulebook.kernel.text import Text

if TYPE_CHECKING:
    from datetime import datetime

    from tanzhi.actions.state_record import CaseRecord

PROPOSED = Text("提出：{label}", "Proposed: {label}")
ENDED = {
    "rejected": Text("退回：{label}", "Sent back: {label}"),
    "withdrawn": Text("撤回：{label}", "Taken back: {label}"),
}
PLATFORM = Text("平台", "the platform")


@dataclass(frozen=True, slots=True)
class Happened:
    """One line: what was done, by whom in which role, between which states, and its receipt."""

    at: datetime
    label: Text
    person: str
    role: Text
    before: Text | None
    after: Text | None
    entry: Entry | None

    @property
    def moved(self) -> bool:
        return self.after is not None and self.before != self.after


def timeline(case: CaseRecord, also: tuple[str, ...] = (), *, named: bool = True) -> list[Happened]:
    """What was done to the case and to what hangs on it (`also`: their references), newest first.

    Whoever reads a case only because it is public is told the role of those who acted, not their names.
    """
    lines = list(Performed.objects.filter(subject__in=[case.reference, *also]).order_by("-at", "-pk"))
    # The line of an opening from another record stands under that record's name.
    kind = case_type(case)
    acts = [door.name for door in kind.openings if door.subject]
    if acts and case.origin is not None:
        elsewhere = Performed.objects.filter(subject=reference(case.origin), action__in=acts)
        lines += [line for line in elsewhere if line.outcome.get("record") == case.reference]
    # Where opening it again only finds it, the first time is what happened.
    finding = {door.name for door in kind.openings if door.again}
    repeated = [line.pk for line in lines if line.subject == case.reference and line.action in finding][:-1]
    lines = [line for line in lines if line.pk not in repeated]
    acted = {line.actor for line in lines} if named else set()
    people = person_names(acted)
    entries = Entry.objects.in_bulk({pk for line in lines if (pk := _entry(line))})
    happened = []
    for line in lines:
        own, role = line.subject == case.reference, KNOWN_ROLES.get(line.role)
        happened.append(
            Happened(
                line.at,
                _label(line),
                people.get(line.actor, ""),
                role.label if role and line.actor else PLATFORM,
                kind.state(line.state_before).label if own and line.state_before else None,
                kind.state(line.state_after).label if own and line.state_after else None,
                entries.get(_entry(line) or 0),
            )
        )
    return happened


def _entry(line: Performed) -> int | None:
    ref = str(line.outcome.get("entry", ""))
    return int(ref.rpartition(":")[2]) if ref else None


def _label(line: Performed) -> Text:
    name, _, ending = line.action.rpartition(".")
    if ending in ENDED and name in ACTIONS:
        return ENDED[ending].format(label=ACTIONS[name].label)
    label = ACTIONS[line.action].label if line.action in ACTIONS else Text(line.action, line.action)
    waits = "proposal" in line.outcome and not line.outcome.get("record") and "result" not in line.outcome
    return PROPOSED.format(label=label) if waits else label
