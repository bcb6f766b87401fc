"""The list of an account's representatives."""

from __future__ import annotations

from tanzhi.presentation.lists.listing import ListColumn, Listing
from tanzhi.rulebook.kernel.text import Text

from .work import REPRESENTATIVE

REPRESENTATIVES = Listing(
    "registry.representatives",
    order="-since",
    title=Text("账户代表", "Representatives"),
    noun=Text("名账户代表", "representatives"),
    columns=(
        ListColumn(
            "person",
            Text("账户代表", "Representative"),
            value="person.name",
            kind="link",
            link=lambda row: row.get_absolute_url(),
        ),
        ListColumn("since", Text("起始日期", "Since"), kind="date", sort="since"),
        ListColumn("until", Text("截止日期", "Until"), kind="date"),
        ListColumn(
            "state",
            Text("状态", "State"),
            kind="state",
            words={state.code: state.label for state in REPRESENTATIVE.states},
            tone={state.code: state.tone for state in REPRESENTATIVE.states},
        ),
    ),
    empty=Text(
        "尚未委派账户代表：账户业务由本单位审批人办理",
        "No representative is appointed: the organisation's approver acts on the account",
    ),
)
