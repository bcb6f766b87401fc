"""What programs read of climate finance; money is in fen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tanzhi.actions.actor import ScopeFields, scope
from tanzhi.presentation.records.kind import DECIMAL, WORDS, RecordField, RecordKind, register
from tanzhi.rulebook.kernel.text import Text

from .bank_models import BankLink, Credit, Disbursement
from .lists import PROJECTS
from .models import CATEGORIES, PROGRAMME_KINDS, STAGES, Opinion, Programme, Project

if TYPE_CHECKING:
    from tanzhi.actions.actor import Actor

NAME = RecordField("name", WORDS)
OF_LINK = ("link__project__programme__code", "link__project__pk", "link__bank__code")
AMOUNT = ("link", "amount_fen", "on", "document", "person_name", "at", "cancelled_at", "reason", "revision")


def all_programmes(_actor: Actor) -> Any:
    return Programme.objects.all()  # their place is published


def opinions_in_reach(actor: Actor) -> Any:
    """One's own, and those on projects of an authority's region."""
    return Opinion.objects.filter(scope(actor, ScopeFields("", "project__region__path", "person_id")))


register(
    RecordKind(
        "programmes",
        Text("项目来源", "Programmes"),
        Programme,
        ("code",),
        (RecordField("kind", words=PROGRAMME_KINDS), NAME, "region"),
        rows=all_programmes,
    )
)
register(
    RecordKind(
        "finance_projects",
        Text("气候投融资项目", "Finance projects"),
        Project,
        ("programme__code", "pk"),
        (
            "programme", "owner", "region", "number", NAME, "kind", RecordField("category", words=CATEGORIES),
            RecordField("stage", words=STAGES), "about", "investment_fen", "demand_fen", "credit_code", "benefit",
            "benefit_year", RecordField("reduction", DECIMAL), "release", "submitted_on", "entered_on", "batch",
            "exit_reason", "words", "state", "opened_at", "closed_at", "revision",
        ),
        listing=PROJECTS,
    )
)  # fmt: skip
register(
    RecordKind(
        "expert_opinions",
        Text("专家评审意见", "Experts' opinions"),
        Opinion,
        ("project__programme__code", "project__pk", "pk"),
        ("project", "round", RecordField("state"), "points", "score", "words", "asked_at", "given_at", "revision"),
        rows=opinions_in_reach,
    )
)
register(
    RecordKind(
        "bank_links",
        Text("推送给银行的项目", "Projects pushed to banks"),
        BankLink,
        ("project__programme__code", "project__pk", "bank__code"),
        ("project", "bank", "assigned_on", "revision"),
    )
)
register(RecordKind("credits_granted", Text("授信", "Credit granted"), Credit, (*OF_LINK, "pk"), AMOUNT))
register(RecordKind("disbursements", Text("放款", "Disbursements"), Disbursement, (*OF_LINK, "pk"), AMOUNT))
