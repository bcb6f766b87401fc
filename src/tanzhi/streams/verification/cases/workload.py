"""Who verified how much and what it found: counted, never averaged."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import Count

from tanzhi.rulebook.kernel.rounding import round_legally
from tanzhi.rulebook.kernel.text import Text, same
from tanzhi.workflow.findings.model import CaseFinding

from .model import Member, Redetermination

if TYPE_CHECKING:
    from django.db.models import QuerySet

CONCLUDED = ("concluded", "notified", "objected", "final", "archived")


@dataclass(frozen=True, slots=True)
class Load:
    """One verifier's year."""

    name: str
    body: Text
    cases: int
    led: int
    done: int
    findings: int
    rate: Decimal | None
    values: int


def workload(cases: QuerySet[Any]) -> list[Load]:
    """Of every member of the groups of these cases."""
    members = list(Member.objects.filter(case__in=cases).select_related("person", "case__body", "case__organisation"))
    refs = {member.case.reference for member in members}
    findings = dict(CaseFinding.objects.filter(case__in=refs).values_list("case").annotate(n=Count("pk")))
    standing = Redetermination.objects.filter(case__in=cases, withdrawn=False)
    values = dict(standing.values_list("case_id").annotate(n=Count("pk")).order_by())
    people: dict[int, list[Member]] = {}
    for member in members:
        people.setdefault(member.person_id, []).append(member)
    loads = []
    for own in people.values():
        body = own[-1].case.body
        with_findings = sum(1 for member in own if findings.get(member.case.reference))
        loads.append(
            Load(
                own[0].person.name,
                body.name if body else same("–"),
                len(own),
                sum(member.leader for member in own),
                sum(member.case.state in CONCLUDED for member in own),
                sum(findings.get(member.case.reference, 0) for member in own),
                round_legally(Decimal(with_findings) * 100 / len(own), 1),
                sum(values.get(member.case_id, 0) for member in own),
            )
        )
    return loads
