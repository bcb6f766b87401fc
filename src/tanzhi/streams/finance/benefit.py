"""The form of a project's benefit: what its kind's formula needs, out of the rulebook."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tanzhi.law.evaluation import InForce, evaluate, under_release
from tanzhi.rulebook.finance import finance
from tanzhi.rulebook.kernel import RecordNode, form
from tanzhi.rulebook.kernel.forms import FormSpec, TableSpec

if TYPE_CHECKING:
    from .models import Project

YEAR = 2024  # the form is the same in every year; the values of its parameters are not
FROM_THE_PROJECT = ("kind", "total_investment", "loan_balance")


def benefit_form(kind: str) -> FormSpec:
    """The kind's own fields after those that all kinds share."""
    own, shared = form(finance, kind, YEAR), form(finance, "common", YEAR)
    shared_fields = [f for f in shared.tables[0].fields if f.name not in FROM_THE_PROJECT]
    first = own.tables[0]
    table = TableSpec(
        level=first.level, plural=first.plural, label=first.label, key=None, parents=(),
        fields=(*shared_fields, *first.fields),
    )  # fmt: skip
    return FormSpec(code=own.code, title=own.title, year=YEAR, tables=(table,))


def record_of(project: Project, lent_wan: str = "") -> dict[str, Any]:
    """A project as a record of the guideline: what it filed, its kind, its money."""
    money = {"total_investment": str(project.investment), "loan_balance": lent_wan}
    return {**project.benefit, "kind": project.kind, **{k: v for k, v in money.items() if v}}


def evaluated(project: Project, lent_wan: str = "", law: InForce | None = None) -> RecordNode:
    """The benefit by the rules of the year it was reckoned for, as they are in force now or were under a release."""
    return evaluate(finance, project.benefit_year or YEAR, record_of(project, lent_wan), under=law)


def as_stored(project: Project, lent_wan: str = "") -> RecordNode:
    """The same by the release that reckoned what is stored; by today's where that cannot be had any more."""
    return evaluated(project, lent_wan, under_release(finance, project.release))
