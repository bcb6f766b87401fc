"""What programs read of a person's saved views."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tanzhi.rulebook.kernel.text import Text

from .preferences.model import SavedView
from .records.kind import RecordField, RecordKind, register

if TYPE_CHECKING:
    from tanzhi.actions.actor import Actor


def own_views(actor: Actor) -> Any:
    return SavedView.objects.filter(person_id=actor.person_id or 0)


register(
    RecordKind(
        "saved_views",
        Text("保存的视图", "Saved views"),
        SavedView,
        ("listing", "pk"),
        ("listing", RecordField("name"), "query"),
        rows=own_views,
    )
)
