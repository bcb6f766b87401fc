"""The table of a kind of work as a picture: Mermaid text for documents, a strip of states for the page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tanzhi.actions.models import Performed
from tanzhi.actions.states import Kind, State, case_type
from tanzhi.actions.transitions import transitions_of
from tanzhi.rulebook.kernel.text import Text, in_language

if TYPE_CHECKING:
    from tanzhi.actions.state_record import CaseRecord


def diagram(kind: Kind, language: str = "zh") -> str:
    """A Mermaid state diagram; arrows between the same two states are one, with all their acts."""
    lines = ["stateDiagram-v2"]
    lines += [f'    state "{in_language(state.label, language)}" as {state.code}' for state in kind.states]
    acts_by_ends: dict[tuple[str, str], list[str]] = {}
    for transition in transitions_of(kind):
        words = str(in_language(transition.move.label, language)).replace(":", "：")
        second = {"zh": "（双人）", "en": " (two persons)"}[language] if transition.move.second_person else ""
        acts_by_ends.setdefault((transition.before, transition.after), []).append(words + second)
    apart = "；" if language == "zh" else "; "
    lines += [
        f"    {_end(before)} --> {_end(after)}: {apart.join(acts)}" for (before, after), acts in acts_by_ends.items()
    ]
    lines += [f"    {state.code} --> [*]" for state in kind.states if state.end]
    return "\n".join(lines) + "\n"


def _end(code: str) -> str:
    return code or "[*]"


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
    # States that the case has been in, by what was done to it.
    lines = Performed.objects.filter(subject=case.reference).values_list("state_before", "state_after")
    begun = {door.enters or case_type(case).first for door in case_type(case).openings if door.subject}
    kind = case_type(case)
    been = {code for line in lines for code in line if code} | begun
    visible = [state for state in kind.states if not state.aside or state.code in been or state.code == case.state]
    return [
        StripStep(state, "now" if state.code == case.state else "done" if state.code in been else "")
        for state in visible
    ]
