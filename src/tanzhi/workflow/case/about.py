"""A piece of work as whoever decides on it sees it beside the form: whose it is, its papers, what was done so far."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tanzhi.actions.references import reference
from tanzhi.actions.state_record import CaseRecord
from tanzhi.actions.states import case_type
from tanzhi.organisations.register.model import Organisation
from tanzhi.presentation.forms.preview import ABOUT, PagePart
from tanzhi.workflow.clocks.model import ORGANISATION, Clock
from tanzhi.workflow.dossier.model import Attachment

from .timeline import timeline

if TYPE_CHECKING:
    from tanzhi.actions.actor import Actor

NEWEST = 5  # of what was done


def about(subject: Any, actor: Actor) -> PagePart | None:
    """Nothing of a record that is no piece of work, and nothing more than its own page would show."""
    if not isinstance(subject, CaseRecord) or not subject.worked_by(actor):
        return None
    place, ref = subject.place, reference(subject)
    clocks = Clock.objects.filter(case=ref, state=Clock.RUNNING).exclude(subject__startswith=ORGANISATION)
    return PagePart(
        "cases/about.html",
        {
            "case": subject,
            "kind": case_type(subject),
            "organisation": Organisation.objects.filter(pk=place.organisation_id or 0).first(),
            "clocks": list(clocks.order_by("due_on")),
            "files": list(Attachment.objects.filter(case=ref)),
            "timeline": timeline(subject)[:NEWEST],
        },
    )


ABOUT["case"] = about
