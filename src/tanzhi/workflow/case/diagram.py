"""The table of a kind of work as a picture: Mermaid text for documents, a strip of states for the page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tanzhi.actions.models import Performed
from tanzhi.actions.states import Kind, State, case_type
from tanzhi.actions.transitions import Transition, transitions_of
from tanzhi.rulebook.kernel.text import Text, in_language

if TYPE_CHECKING:
    from tanzhi.actions.state_record import CaseRecord


def diagram(kind: Kind, language: str = "zh") -> str:
    """A Mermaid state diagram; arrows between the same two states are one, with all their acts."""
    lines = ["stateDiagram-v2"]
    lines += [f'    state "{in_language(state.label, language)}" as {state.code}' for state in kind.states]
    lines += [f"    {_end(before)} --> {_end(after)}: {acts}" for (before, after), acts in _arrows(kind, language)]
    lines += [f"    {state.code} --> [*]" for state in kind.states if state.end]
    return "\n".join(lines) + "\n"


def _end(code: str) -> str:
    return code or "[*]"


def _arrows(kind: Kind, language: str) -> list[tuple[tuple[str, str], str]]:
    acts_by_ends: dict[tuple[str, str], list[str]] = {}
    for transition in transitions_of(kind):
        acts_by_ends.setdefault((transition.before, transition.after), []).append(_act(transition, language))
    apart = "；" if language == "zh" else "; "
    return [(ends, apart.join(acts)) for ends, acts in acts_by_ends.items()]


def _act(transition: Transition, language: str) -> str:
    words = str(in_language(transition.move.label, language)).replace(":", "：")
    second = {"zh": "（双人）", "en": " (two persons)"}[language] if transition.move.second_person else ""
    return words + second


_DONE, _NOW, _AHEAD = Text("已经过", "done"), Text("当前", "now"), Text("未到", "ahead")


@dataclass(frozen=True, slots=True)
class StripStep:
    """One state in the strip above a case: done, now, or still to come."""

    state: State
    mark: str

    @property
    def words(self) -> Text:
        return {"done": _DONE, "now": _NOW}.get(self.mark, _AHEAD)


def strip(case: CaseRecord) -> list[StripStep]:
    """The states of a case in the order of its table; those off the way only where the case is or was."""
    kind, been = case_type(case), _been(case)
    visible = [state for state in kind.states if not state.aside or state.code in been or state.code == case.state]
    return [
        StripStep(state, "now" if state.code == case.state else "done" if state.code in been else "")
        for state in visible
    ]


def _been(case: CaseRecord) -> set[str]:
    """States that the case has been in, by what was done to it."""
    lines = Performed.objects.filter(subject=case.reference).values_list("state_before", "state_after")
    begun = {door.enters or case_type(case).first for door in case_type(case).openings if door.subject}
    return {code for line in lines for code in line if code} | begun
