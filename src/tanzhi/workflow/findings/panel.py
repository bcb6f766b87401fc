"""Findings as the page of their case shows them: with files, clock and the buttons of this reader."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tanzhi.actions.states import case_type
from tanzhi.presentation.forms.buttons import Button, buttons
from tanzhi.workflow.clocks.model import Clock
from tanzhi.workflow.dossier.access import reaches
from tanzhi.workflow.dossier.model import Attachment

from .model import CaseFinding
from .work import FINDING

if TYPE_CHECKING:
    from tanzhi.actions.registry import Actor
    from tanzhi.actions.state_record import CaseRecord


@dataclass(frozen=True, slots=True)
class ShownFinding:
    """A finding with its files, its clock, and what this reader could do."""

    row: CaseFinding
    files: list[Attachment]
    clock: Clock | None
    buttons: list[Button]


def shown_findings(
    case: CaseRecord, findings: list[CaseFinding], files: list[Attachment], actor: Actor, here: str
) -> list[ShownFinding]:
    """Findings of one case, their clocks read at once."""
    # The moves of a finding that the case's table gives to this reader.
    rules = case_type(case).findings
    closing = [move.name for move in FINDING.moves if move.name != "cases.answer_finding"]
    names = []
    if rules is not None:
        names += ["cases.answer_finding"] if reaches(actor, rules.answers, case) else []
        names += closing if reaches(actor, rules.closes, case) else []
    refs = [finding.reference for finding in findings]
    running = {finding.subject: finding for finding in Clock.objects.filter(subject__in=refs, state=Clock.RUNNING)}
    return [
        ShownFinding(
            finding,
            [file for file in files if file.subject == finding.reference],
            running.get(finding.reference),
            buttons(actor, names, finding, here),
        )
        for finding in findings
    ]
