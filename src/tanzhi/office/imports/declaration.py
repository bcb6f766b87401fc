"""What an import declares: its rows, whom it is for, how a row becomes a record and how that is taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from tanzhi.actions.reading import inner, options_of
from tanzhi.actions.table import Call, Input
from tanzhi.actions.validation import field_label
from tanzhi.presentation.forms.fields import Choices, Help
from tanzhi.presentation.forms.form import note
from tanzhi.presentation.forms.record_fields import named
from tanzhi.rulebook.kernel.finding import ERROR, Finding
from tanzhi.rulebook.kernel.forms import FieldSpec
from tanzhi.rulebook.kernel.text import Text

if TYPE_CHECKING:
    from tanzhi.actions.actor import Actor

NUMBER, DAY, YES_NO, CHOICE, WORDS = "number", "date", "yes", "choice", "text"
_KINDS: dict[Any, str] = {int: NUMBER, Decimal: NUMBER, date: DAY, bool: YES_NO}


@dataclass(frozen=True, slots=True)
class RowAnswer:
    """What a row came to: the record it would make, what is wrong with it, or why it is passed over."""

    number: int
    cells: Mapping[str, str]
    record: Any = None
    findings: tuple[Finding, ...] = ()
    aside: Text | None = None

    @property
    def wrong(self) -> bool:
        """Whether it keeps the file from being imported; a note does not."""
        return any(finding.severity == ERROR for finding in self.findings)


@dataclass(frozen=True, slots=True)
class ImportKind:
    """A kind of import as its room declares it; `work.Importer` makes actions of it."""

    name: str
    title: Text
    row: type[Input]
    by: Set[str]
    add: Callable[[Call, Any], Any]
    undo: Callable[[Call, Any], None] | None = None
    columns: Mapping[str, Text] = field(default_factory=dict)  # labels where the row's own do not serve
    law: str = ""
    fills: str = ""  # the list whose page leads here
    heads: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # what else a column is headed by
    further: Callable[[], Mapping[str, FieldSpec]] | None = None  # "attributes.rated_power": fields of a form
    example: Mapping[str, str] = field(default_factory=dict)  # the example row of the template
    present: Callable[[Call, Any], bool] | None = None  # whether what a row says stands there already, word for word
    rows: Callable[[Actor], Iterable[Mapping[str, Any]]] | None = None  # what stands there, as rows
    order: Callable[[Any], Any] | None = None  # in which rows are added, by what they say; empty: as they stand
    questions: Callable[[Any], Iterable[Finding]] | None = None  # what is asked about a row and does not refuse it
    passes_over: Callable[[Any], Text | None] | None = None  # why a row that is right is no record of this import
    years_beside: bool = False  # a table may have its years beside each other (`year_columns`)
    again: bool = False  # a file is imported again with other constants; what stands there is passed over
    finish: Callable[[Any], None] | None = None  # what is done once, when every row was added
    altered_by: Set[str] = frozenset()  # acts after which what it added is not taken back
    terms: Mapping[str, Any] = field(default_factory=dict)  # of its actions: a second person, a password

    def __post_init__(self) -> None:
        """Where actions are made of it, they are registered here."""

    @property
    def specs(self) -> Mapping[str, FieldSpec]:
        """The columns that a form of the rulebook adds."""
        return self.further() if self.further else {}

    @property
    def labels(self) -> dict[str, Text]:
        """What each field is called in the heads of a file."""
        specs = self.specs
        folded = {name.partition(".")[0] for name in specs}
        own = [name for name in self.row.model_fields if name not in folded]
        labels = {name: self.columns.get(name) or field_label(self.row, name) for name in own}
        return labels | {name: named(spec) for name, spec in specs.items()}

    @property
    def commit_name(self) -> str:
        return f"{self.name}_import"

    @property
    def undo_name(self) -> str:
        return f"{self.name}_undo"

    @property
    def address(self) -> str:
        """Where its page stands."""
        return reverse("cases:importer", args=[self.name])

    @property
    def required(self) -> set[str]:
        return {name for name, info in self.row.model_fields.items() if info.is_required()}

    def options(self, name: str, actor: Actor) -> dict[str, Text]:
        """What may be chosen in a column by this reader; none where it is no choice."""
        specs = self.specs
        if name in specs:
            return dict(specs[name].options)
        info = self.row.model_fields[name]
        offered: Choices | None = note(info, Choices)
        return options_of(info) or (dict(offered.of(actor)) if offered else {})

    def kind_of(self, name: str, actor: Actor) -> str:
        """How a column is filled in: a number, a day, yes or no, a choice, words."""
        if self.options(name, actor):
            return CHOICE
        spec = self.specs.get(name)
        return spec.kind if spec else _KINDS.get(inner(self.row.model_fields[name].annotation), WORDS)

    def help(self, name: str) -> Text | None:
        """What is said beside a column."""
        spec = self.specs.get(name)
        if spec is not None:
            return spec.evidence
        hint: Help | None = note(self.row.model_fields[name], Help)
        return Text(hint.zh, hint.en) if hint else None
