"""What a decision may come to: outcomes that have names. A box that nobody ticked decides nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tanzhi.rulebook.kernel.text import Text

if TYPE_CHECKING:
    from pydantic.fields import FieldInfo


@dataclass(frozen=True, slots=True)
class Outcomes:
    """The outcomes of a decision in the words of its field; the input's type is the `Literal` of their codes.

    The field has no default: whoever decides says which, at every door.
    """

    options: Mapping[str, Text]

    def words(self, code: str) -> Text:
        return self.options[code]

    @property
    def listed(self) -> Text:
        labels = self.options.values()
        return Text("或".join(label.zh for label in labels), " or ".join(label.en for label in labels))


def outcomes_of(info: FieldInfo | None) -> Outcomes | None:
    """The outcomes between which a field chooses, if it is one that decides."""
    notes: list[Any] = info.metadata if info is not None else []
    return next((note for note in notes if isinstance(note, Outcomes)), None)


APPROVAL = Outcomes({"approve": Text("批准", "Approve"), "reject": Text("退回", "Send back")})
