"""What programs read of projects of voluntary reductions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tanzhi.actions.actor import scope
from tanzhi.presentation.records.kind import DECIMAL, WORDS, RecordField, RecordKind, register
from tanzhi.rulebook.kernel.text import Text

from .lists import PROJECTS
from .models import CreditProject, CreditProjectQuerySet, CreditReport, PublicComment

if TYPE_CHECKING:
    from tanzhi.actions.actor import Actor


def comments_in_reach(actor: Actor) -> Any:
    """Of projects that a role reaches as its own or its duty: who wrote a comment is not public."""
    inside = CreditProject.objects.filter(scope(actor, CreditProjectQuerySet.fields))
    return PublicComment.objects.filter(project__in=inside.order_by().values("pk"))


register(
    RecordKind(
        "ccer_projects",
        Text("自愿减排项目", "CCER projects"),
        CreditProject,
        ("number",),
        (
            "number", "owner", "region", RecordField("name", WORDS), "methodology", "scale", "batch", "admitted_on",
            "built_from", "credited_from", "credited_to", "design", "design_year", RecordField("expected", DECIMAL),
            "release", "designed_on", "body", "notice_first", "notice_last", "validating_on", "validated_on",
            "applied_on", "registered_on", RecordField("registry_code", path="code"), "words", "state", "revision",
        ),
        listing=PROJECTS,
    )
)  # fmt: skip
register(
    RecordKind(
        "ccer_batches",
        Text("减排量", "Batches of reductions"),
        CreditReport,
        ("project__number", "batch", "pk"),
        (
            "project", "batch", "first", "last", "record", "amount", "release", "body", "notice_first", "notice_last",
            "verified", "applied_on", "issued_on", "vintages", "words", "state", "revision",
        ),
    )
)  # fmt: skip
register(
    RecordKind(
        "public_comments",
        Text("公示意见", "Comments on public notices"),
        PublicComment,
        ("project__number", "pk"),
        ("project", "report", "who", "contact", "text", "answer", "answered_at", "at", "revision"),
        rows=comments_in_reach,
    )
)
