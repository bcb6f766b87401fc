"""What hangs on a case, as its page shows it: only what this reader may see, with the buttons he could press."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.urls import reverse

from tanzhi.actions.references import reference
from tanzhi.actions.registry import ACTIONS
from tanzhi.actions.states import case_type
from tanzhi.presentation.forms.buttons import Button
from tanzhi.presentation.forms.form import ActionForm
from tanzhi.workflow.dossier.access import WORKERS, reaches
from tanzhi.workflow.dossier.model import Attachment, Comment
from tanzhi.workflow.findings.model import CaseFinding
from tanzhi.workflow.findings.panel import ShownFinding, shown_findings
from tanzhi.workflow.handlers.queries import OFFICE, handlers

from .panels import FilledPanel, filled_panels

if TYPE_CHECKING:
    from tanzhi.actions.registry import Actor
    from tanzhi.actions.state_record import CaseRecord
    from tanzhi.workflow.handlers.model import CaseHandler


@dataclass(frozen=True, slots=True)
class Dossier:
    """Everything that hangs on a case."""

    findings: list[ShownFinding]
    files: list[Attachment]
    comments: list[Comment]
    panels: list[FilledPanel]
    references: tuple[str, ...]
    comment_form: ActionForm | None
    buttons: list[Button]
    handler: CaseHandler | None
    has_findings: bool
    here: str


def dossier(case: CaseRecord, actor: Actor, here: str, inside: bool = True) -> Dossier:
    """Read once for a page; whoever reads the case only because it is public is given what it publishes."""
    kind = case_type(case)
    beside = Attachment.objects.filter(case=case.reference)
    files = [file for file in beside if inside or case.publishes(file.title)]
    remarks = Comment.objects.filter(case=case.reference)
    comments = list(remarks if actor.oversees(case.place) else remarks.filter(internal=False)) if inside else []
    findings = [finding.of(case) for finding in CaseFinding.objects.filter(case=case.reference)] if inside else []
    panels = filled_panels(case, actor)
    above = [record for panel in panels for record in panel.records]
    may_speak = reaches(actor, kind.comments if kind.comments is not None else WORKERS, case)
    # Raise a finding, attach files: actions on the case by its reference.
    rules, closed = case_type(case).findings, case.state in case_type(case).ends
    names = ["cases.raise_finding"] if rules and not closed and reaches(actor, rules.raises, case) else []
    names += ["cases.attach"] if may_speak and not closed else []
    names += ["cases.assign"] if not closed and reaches(actor, OFFICE, case) else []
    return Dossier(
        shown_findings(case, findings, files, actor, here),
        [file for file in files if file.subject == case.reference],
        comments,
        panels,
        tuple(reference(row) for row in (*files, *comments, *findings, *above)),
        ActionForm.of("cases.comment", actor, data={"case": case.reference}) if may_speak else None,
        [Button(name, ACTIONS[name].label, address(name, case, here)) for name in names],
        handlers([case.reference]).get(case.reference) if actor.oversees(case.place) else None,
        kind.findings is not None,
        here,
    )


def address(name: str, case: CaseRecord, onward: str) -> str:
    """Where the form of an action stands that names its case by reference."""
    return f"{reverse('presentation:act', args=[name])}?{urlencode({'case': case.reference, 'next': onward})}"
