"""The list of a year, taken in as a sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from tanzhi.actions.refusal import refused
from tanzhi.actions.table import Input
from tanzhi.actions.transitions import begin
from tanzhi.actions.validation import Label
from tanzhi.office.imports.work import Importer
from tanzhi.organisations.register.choices import organisations
from tanzhi.presentation.forms.fields import Choices, Help
from tanzhi.rulebook.cleaner.criteria import GROUNDS
from tanzhi.rulebook.kernel.text import Text
from tanzhi.streams.policy.shared.inputs import codes_in
from tanzhi.workflow.clocks import clocks

from .model import Audit
from .work import AUDIT, LAW, OFFICER, audit_lists, audit_of, list_of

if TYPE_CHECKING:
    from tanzhi.actions.table import Call


class EnlistRow(Input):
    audit_list: Annotated[int, Label("名单编号", "List"), Choices(audit_lists)]
    organisation: Annotated[
        str, Field(min_length=1, max_length=40), Label("企业代码", "Enterprise code"), Choices(organisations)
    ]
    grounds: Annotated[str, Field(min_length=2), Label("列入情形", "Grounds"), Help("多项以顿号分隔", "commas between")]


def add(call: Call, row: EnlistRow) -> Audit:
    """One row of an imported list."""
    audit_list = list_of(row.audit_list)
    call.require(audit_list.place)
    audit = audit_of(call, audit_list, row.organisation, codes_in(row.grounds, GROUNDS))
    begin(call, AUDIT, audit)
    return audit


def undo(call: Call, audit: Audit) -> None:
    """An audit that nobody was notified of is taken back as dropped."""
    if audit.state != "listed":
        raise refused("CPA-06", "organisation", audit.state_label, AUDIT.state("listed").label)
    audit.state, audit.closed_at = "dropped", call.now
    clocks.ended(call, audit)
    audit.save(update_fields=["state", "closed_at"])


IMPORT = Importer(
    "policy.audits",
    title=Text("清洁生产审核名单", "list of audits"),
    row=EnlistRow,
    by=OFFICER,
    add=add,
    undo=undo,
    law=LAW,
)
