"""The review list of a case: line by line what was noted, and what its page says of it in short."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from tanzhi.actions.actor import Place
from tanzhi.actions.forms import takes_form
from tanzhi.actions.perform import perform
from tanzhi.organisations.people.requests import actor_of_request
from tanzhi.presentation.batch import each
from tanzhi.rulebook.kernel.text import Text
from tanzhi.streams.verification.cases.model import Verification, visible_cases
from tanzhi.streams.verification.cases.parts import CasePart
from tanzhi.workflow.dossier.model import Attachment
from tanzhi.workflow.findings.model import CaseFinding

from .model import (
    CATEGORIES,
    CONFORMS,
    CONTESTED,
    DOES_NOT_CONFORM,
    KINDS,
    LINE_STATES,
    NOT_CHECKED,
    OPEN,
    RESULTS,
    ReviewLine,
    ReviewNote,
)
from .work import LOOKED_AT

if TYPE_CHECKING:
    from tanzhi.actions.registry import Actor

SHOWN = {
    OPEN: LINE_STATES[OPEN],
    CONTESTED: Text("两人记录不一致", "Noted differently by two"),
    DOES_NOT_CONFORM: Text("不符合", "Do not conform"),
    NOT_CHECKED: Text("未核查", "Not checked"),
}
"""By what the lines of a list may be narrowed."""


@dataclass(frozen=True, slots=True)
class LineWithNotes:
    """A line with the notes that stand, those that were replaced, its photos and its finding's number."""

    row: ReviewLine
    standing: list[ReviewNote]
    replaced: list[ReviewNote]
    photos: list[Attachment]
    finding: int | None

    @property
    def kind(self) -> Text:
        return KINDS[self.row.kind]

    @property
    def newest(self) -> int:
        """The number of the newest note, which whoever notes next has before him."""
        return max((note.number for note in (*self.standing, *self.replaced)), default=0)

    @property
    def fits(self) -> set[str]:
        """The codes of `SHOWN` that this line is among."""
        return {self.row.state} | {note.result for note in self.standing}


@dataclass(frozen=True, slots=True)
class ReviewSummary:
    """How far a case's list is, for the page of the case."""

    case: Verification
    lines: int
    states: Counter[str]
    unraised: int
    member: bool

    @property
    def visits(self) -> bool:
        """Whether the group still looks at things."""
        return self.case.state in LOOKED_AT

    @property
    def contested(self) -> int:
        return self.states[CONTESTED]

    @property
    def open(self) -> int:
        return self.states[OPEN]


def sees_papers(actor: Actor, case: Verification) -> bool:
    """Working papers are the body's and the authorities'."""
    return case.body_id is not None and actor.sees(Place(case.body_id, case.organisation.region.path))


def is_member(actor: Actor, case: Verification) -> bool:
    return case.members.filter(person_id=actor.person_id or 0).exists()


def part_of_case(case: Verification, actor: Actor) -> CasePart | None:
    """The list in short, for whoever may see working papers."""
    if not sees_papers(actor, case):
        return None
    rows = ReviewLine.objects.filter(case=case)
    states = Counter(rows.values_list("state", flat=True))
    unraised = rows.filter(notes__stands=True, notes__result=DOES_NOT_CONFORM, finding="").count()
    summary = ReviewSummary(case, sum(states.values()), states, unraised, is_member(actor, case))
    return CasePart("verification/review_part.html", summary)


def shown_lines(case: Verification) -> list[LineWithNotes]:
    """The lines of a list with everything that hangs on them, read at once, in the order of the categories."""
    rows = list(ReviewLine.objects.filter(case=case).select_related("case__organisation__region"))
    notes: dict[int, list[ReviewNote]] = {}
    for note in ReviewNote.objects.filter(line__in=rows):
        notes.setdefault(note.line_id, []).append(note)
    photos: dict[str, list[Attachment]] = {}
    for photo in Attachment.objects.filter(case=case.reference, subject__startswith="verification.reviewline:"):
        photos.setdefault(photo.subject, []).append(photo)
    findings = {finding.reference: finding.number for finding in CaseFinding.objects.filter(case=case.reference)}
    order = list(CATEGORIES)
    return [
        LineWithNotes(
            row,
            [note for note in notes.get(row.pk, []) if note.stands],
            [note for note in notes.get(row.pk, []) if not note.stands],
            photos.get(row.reference, []),
            findings.get(row.finding),
        )
        for row in sorted(rows, key=lambda row: (order.index(row.category), row.number))
    ]


def case_with_papers(request: HttpRequest, pk: int) -> Verification:
    """A case whose working papers are for this reader; for others there is none."""
    actor = actor_of_request(request)
    case: Verification = get_object_or_404(visible_cases(actor), pk=pk)
    if not sees_papers(actor, case):
        raise Http404
    return case


@login_required
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """The review list: every line with its notes, narrowed to what is still to be done."""
    case = case_with_papers(request, pk)
    lines = shown_lines(case)
    by = request.GET.get("by", "")
    counts = {code: sum(code in line.fits for line in lines) for code in SHOWN}
    narrowed = [line for line in lines if by not in SHOWN or by in line.fits]
    groups = [(label, [line for line in narrowed if line.row.category == code]) for code, label in CATEGORIES.items()]
    actor = actor_of_request(request)
    context = {
        "record": case,
        "groups": [(label, rows) for label, rows in groups if rows],
        "by": by,
        "chips": [(code, label, counts[code]) for code, label in SHOWN.items()],
        "total": len(lines),
        "open": counts[OPEN],
        "member": is_member(actor, case),
        "visits": case.state in LOOKED_AT,
        "leads": case.members.filter(person_id=actor.person_id or 0, leader=True).exists(),
    }
    return render(request, "verification/review.html", context)


ALIKE = {code: RESULTS[code] for code in (CONFORMS, NOT_CHECKED)}
"""What many lines may be noted alike: what does not conform has facts of its own."""


@login_required
@takes_form
def note_lines(request: HttpRequest, pk: int) -> HttpResponse:
    """Lines that nobody noted yet, noted alike by a member of the group: each note an act of its own."""
    case, actor = case_with_papers(request, pk), actor_of_request(request)
    if not is_member(actor, case) or case.state not in LOOKED_AT:
        raise Http404
    result, alike = None, {name: request.POST.get(name, "") for name in ("result", "evidence", "remark", "reason")}
    if request.method == "POST":
        keys = set(request.POST.getlist("line"))
        ticked = [line for line in case.review_lines.filter(state=OPEN) if str(line.pk) in keys]
        result = each((line.name, partial(noted, actor, line, alike)) for line in ticked)
    rows = list(case.review_lines.filter(state=OPEN))
    groups = [(label, [line for line in rows if line.category == code]) for code, label in CATEGORIES.items()]
    context = {
        "record": case,
        "groups": [(label, lines) for label, lines in groups if lines],
        "open": len(rows),
        "results": ALIKE.items(),
        "alike": alike,
        "result": result,
    }
    return render(request, "verification/note_lines.html", context)


def noted(actor: Actor, line: ReviewLine, alike: dict[str, Any]) -> ReviewLine:
    """The line with this note; a result that needs facts of its own is none of those that lines share."""
    perform(
        "verification.note_line", actor, line, alike | {"result": alike["result"] if alike["result"] in ALIKE else ""}
    )
    return line
