"""What an act would change, shown where one decides on it: for each outcome the new state, values and papers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, get_args, get_origin

from django.db import models
from django.utils import timezone

from tanzhi.actions.language import say
from tanzhi.actions.outcomes import outcomes_of
from tanzhi.actions.reading import options_of
from tanzhi.actions.refusal import Refused
from tanzhi.actions.rehearsal import Trial, rehearse
from tanzhi.actions.state_record import CaseRecord, case_of
from tanzhi.actions.states import CASE_TYPES, case_type
from tanzhi.actions.validation import field_label
from tanzhi.evidence.files import upload_of
from tanzhi.rulebook.kernel.text import Text, same

from .fields import Attached, Choices, Hidden
from .form import control_of, inner, note
from .rows import NAME, ROWS, VALUE
from .submission import data_from

if TYPE_CHECKING:
    from pydantic import BaseModel
    from pydantic.fields import FieldInfo

    from tanzhi.actions.registry import Action, Actor

    from .form import ActionForm

YES, NO = Text("是", "Yes"), Text("否", "No")
BLANK = Text("〔此处为您填写的“{label}”〕", "[here stands what you write under “{label}”]")
NOTHING = Text("–", "–")
MOST_ROWS_TRIED = 100  # of a grid: whoever pastes more is not kept waiting at each cell


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that becomes another."""

    what: Text
    before: Text | str
    after: Text | str


@dataclass(frozen=True, slots=True)
class PagePart:
    """What a layer above shows beside a decision: `template` draws `records`."""

    template: str
    records: Any


@dataclass(frozen=True, slots=True)
class Preview:
    """What comes of an act, by one of its outcomes where it has some."""

    refusal: Refused | None
    changes: tuple[Change, ...] = ()
    parts: tuple[PagePart, ...] = ()
    outcome: Text | None = None
    open: bool = True


CHANGES: dict[str, Callable[[Trial], Callable[[], list[Change]]]] = {}
PARTS: dict[str, Callable[[Trial], Callable[[], PagePart | None]]] = {}
ABOUT: dict[str, Callable[[Any, Actor], PagePart | None]] = {}  # what a page shows of the subject itself


def about(subject: Any, actor: Actor) -> list[PagePart]:
    """The subject as whoever decides needs to see it: what it is, its papers."""
    parts = [describe(subject, actor) for describe in ABOUT.values()] if subject is not None else []
    return [part for part in parts if part is not None]


def is_previewed(action: Action) -> bool:
    """Acts that decide, and moves of a kind of work: what is done to a record and is not undone by oneself."""
    moves = {move.name for kind in CASE_TYPES.values() for move in kind.moves}
    by_name = action.decides or "outcome" in action.input.model_fields or action.name in moves
    return bool(by_name and action.subject is not None and not action.sensitive)


def previews(form: ActionForm) -> list[Preview]:
    """For each outcome what it would lead to, from what is filled in so far; blanks are marked as such."""
    action, subject = form.action, form.subject
    data = filled_in(form) if is_previewed(action) and subject is not None else None
    if data is None:
        return []
    outcomes = outcomes_of(action.input.model_fields.get("outcome"))
    if outcomes is None:
        every = [preview(action, form.actor, subject, data)]
    else:
        every = [
            replace(
                preview(action, form.actor, subject, data | {"outcome": code}),
                outcome=words,
                open=form.data.get("outcome", code) in (code, ""),
            )
            for code, words in outcomes.options.items()
        ]
    # A form that cannot be tried yet says nothing: what is missing is said where it is handed in.
    return [each for each in every if not (each.refusal and each.refusal.code in ("ACT-INPUT", "ACT-SCOPE"))]


def filled_in(form: ActionForm) -> dict[str, Any] | None:
    """The input as far as it is filled in; a text that is missing is marked, where anything else is missing: None."""
    typed = {field.name: field.value for field in form.fields if field.value and not isinstance(field.value, list)}
    posted = form.data if hasattr(form.data, "getlist") else typed
    try:
        data = data_from(form.action, posted, None, form.subject)
    except Refused:
        return None  # a grid that is none: it is told where the form is handed in
    if any(isinstance(value, list) and len(value) > MOST_ROWS_TRIED for value in data.values()):
        return None
    for name, info in form.action.input.model_fields.items():
        if name in data or not info.is_required() or outcomes_of(info):
            continue
        if note(info, Attached) or note(info, Choices) or note(info, Hidden) or inner(info) is not str:
            return None
        data[name] = say(BLANK.format(label=field_label(form.action.input, name)))
    return data


def preview(action: Action, actor: Actor, subject: Any, data: Any, proposer: int | None = None) -> Preview:
    """What one act with this input would change."""
    observers = (*CHANGES.values(), *PARTS.values())
    rehearsal = rehearse(action.name, actor, subject, data, observers, proposer=proposer)
    changes = [change for noted in rehearsal.notes[: len(CHANGES)] for change in noted]
    parts = [part for part in rehearsal.notes[len(CHANGES) :] if part is not None]
    return Preview(rehearsal.refusal, tuple(changes), tuple(parts))


@dataclass(frozen=True, slots=True)
class StatedField:
    """What an input says in one field: values in words, or rows under the names of their columns."""

    label: Text
    values: list[Text]
    heads: list[Text] = field(default_factory=list)
    rows: list[list[Text]] = field(default_factory=list)


def stated(model: type[BaseModel], data: Mapping[str, Any], actor: Actor, person_id: int) -> list[StatedField]:
    """What somebody's input says, field by field in words: choices by their names, files by theirs."""
    fields = []
    for name, info in model.model_fields.items():
        value, label = data.get(name), field_label(model, name)
        if value in (None, "", [], {}) or note(info, Hidden):
            continue
        if isinstance(value, Mapping):
            pairs = [[same(str(key)), _plain(part)] for key, part in value.items()]
            fields.append(StatedField(label, [], [NAME.label, VALUE], pairs))
        elif control_of(info, has_options=False) == ROWS:
            part = get_args(inner(info))[0]
            columns = {
                column: info_of
                for column, info_of in part.model_fields.items()
                if any(row.get(column) not in (None, "", []) for row in value)
            }
            rows = [
                [_cell(info_of, row.get(column), actor, person_id) for column, info_of in columns.items()]
                for row in value
            ]
            fields.append(StatedField(label, [], [field_label(part, column) for column in columns], rows))
        else:
            fields.append(StatedField(label, in_words(info, value, actor, person_id)))
    return fields


def _cell(info: FieldInfo, value: Any, actor: Actor, person_id: int) -> Text:
    """What stands in one column of a row; several values apart as each language parts them."""
    if value in (None, "", []):
        return NOTHING
    words = in_words(info, value, actor, person_id)
    return Text("、".join(each.zh for each in words), ", ".join(each.en for each in words))


def in_words(info: FieldInfo, value: Any, actor: Actor, person_id: int) -> list[Text]:
    values = value if isinstance(value, list) else [value]
    if note(info, Attached):
        uploads = [(each, upload_of(str(each), [person_id])) for each in values]
        return [same(upload.name if upload else str(each)) for each, upload in uploads]
    choices: Choices | None = note(info, Choices)
    options = options_of(info) or (dict(choices.of(actor)) if choices is not None else {})
    return [options.get(str(each)) or _plain(each) for each in values]


def _plain(value: Any) -> Text:
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, datetime):
        return same(timezone.localtime(value).strftime("%Y-%m-%d %H:%M"))
    return same(str(value))


def columns(trial: Trial) -> Callable[[], list[Change]]:
    """What the input names by the same name as a column of its subject: before and after."""
    rows: list[Change] = []
    if trial.before is not None and isinstance(trial.after, models.Model):
        own = {column.name for column in trial.before._meta.concrete_fields}
        for name in trial.action.input.model_fields:
            before, after = (getattr(record, name, None) for record in (trial.before, trial.after))
            if name in own and before != after and _is_value(before) and _is_value(after):
                label = field_label(trial.action.input, name)
                rows.append(Change(label, _plain(before) if before else NOTHING, _plain(after) if after else NOTHING))
    return lambda: rows


def _is_value(value: Any) -> bool:
    return value is None or (isinstance(value, str | int | Decimal | date) and get_origin(value) is None)


STATE, OPENED = Text("状态", "State"), Text("新立", "opened")
MOST = 20  # records beside the subject that are named


def states(trial: Trial) -> Callable[[], list[Change]]:
    """The state that the subject enters, and those of other records that are opened or brought along."""
    rows: list[Change] = []
    before = trial.before
    if isinstance(before, CaseRecord) and before.state != trial.state:
        rows.append(Change(STATE, before.state_label, case_type(before).state(trial.state).label))
    touched = {row.table for row in trial.written}
    moved: list[CaseRecord] = []
    for kind in CASE_TYPES.values():
        if kind.model._meta.db_table not in touched:
            continue
        rows += [Change(record.name, OPENED, record.state_label) for record in trial.new(kind.model)[:MOST]]
        others = trial.changed(kind.model)
        moved += (others.exclude(pk=before.pk) if isinstance(before, kind.model) else others)[:MOST]
    brought = [(record.reference, record.name, record.state, record.state_label) for record in moved]

    def finish() -> list[Change]:
        earlier = [(case_of(ref), name, state, label) for ref, name, state, label in brought]
        return rows + [
            Change(name, record.state_label, label)
            for record, name, state, label in earlier
            if record is not None and record.state != state
        ]

    return finish


CHANGES["states"] = states
CHANGES["columns"] = columns
