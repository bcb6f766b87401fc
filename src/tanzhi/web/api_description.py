"""The API's description, made from what the code declares: inputs, answers, refusals, choices, kinds of record.

Schemas are named by their classes, which are unique in the tree, and by kinds of record: stable names for clients.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cache
from itertools import chain
from typing import Any, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from tanzhi.actions import answers
from tanzhi.actions.outcomes import outcomes_of
from tanzhi.actions.reading import inner, options_of
from tanzhi.actions.table import ACTIONS, Action
from tanzhi.actions.validation import field_label
from tanzhi.presentation.forms.fields import Attached, Help, Refers
from tanzhi.presentation.records import kind as kinds
from tanzhi.presentation.records.kind import KINDS, RecordField, RecordKind, stored_field, target_of
from tanzhi.presentation.records.page import MOST, USUAL, bounds, listed_filters
from tanzhi.rulebook.kernel.text import Text

from .api_errors import ERRORS, FAULT

Schema = dict[str, Any]
COMPONENTS = "#/components/schemas/"
READ_REFUSALS = (400, 401, 403, 404, 409, 422, 429, 500, 503)
ACT_REFUSALS = (400, 401, 403, 404, 409, 410, 413, 422, 429, 500, 503, 507)
DECIMAL_SCHEMA: Schema = {"type": "string", "format": "decimal", "examples": ["12.50"]}
WORDS_SCHEMA: Schema = {
    "type": "object",
    "properties": {"zh": {"type": "string"}, "en": {"type": "string"}},
    "required": ["zh", "en"],
    "description": "双语文字 / Words in both languages",
}
FINDING_SCHEMA: Schema = {
    "type": "object",
    "properties": {
        "code": {"type": "string"},
        "severity": {"type": "string", "enum": ["error", "question", "note"]},
        "place": {"type": "string"},
        "field": {"type": "string"},
        "found": {"anyOf": [{"type": "string"}, {"$ref": f"{COMPONENTS}Words"}]},
        "expected": {"anyOf": [{"type": "string"}, {"$ref": f"{COMPONENTS}Words"}]},
        "message": {"$ref": f"{COMPONENTS}Words"},
        "law": {"type": "string"},
        "remedy": {"anyOf": [{"$ref": f"{COMPONENTS}Words"}, {"type": "null"}]},
    },
    "required": ["code", "severity", "place", "field", "found", "expected", "message"],
    "description": "何处、所填、应填 / Where something stands, what was found, what is expected",
}
REFUSAL_SCHEMA: Schema = {
    "type": "object",
    "properties": {
        "code": {"type": "string"},
        "message": {"$ref": f"{COMPONENTS}Words"},
        "findings": {"type": "array", "items": {"$ref": f"{COMPONENTS}Finding"}},
        "request": {"type": "string", "description": "X-Request-ID"},
    },
    "required": ["code", "message", "findings"],
    "description": "拒绝及其原因 / A refusal, with its reason",
}
RECORD_SCHEMA: Schema = {
    "type": "object",
    "properties": {
        "reference": {"type": "string", "description": "room.model:id"},
        "records": {"type": ["string", "null"], "description": "GET /api/records/{records}/{code}"},
        "id": {"type": "integer"},
        "code": {"type": ["string", "null"]},
    },
    "required": ["reference", "records", "id", "code"],
    "description": "办理所成或所改的记录 / The record that an action made or changed",
}
ONCE_SCHEMA: Schema = {
    "type": "object",
    "properties": {"name": {"type": "string"}, "secrets": {"type": "array", "items": {"type": "string"}}},
    "required": ["name", "secrets"],
    "description": "只显示一次，凭令牌办理的不显示 / Shown once, and to no token",
}
RESULTS: Mapping[str, Schema] = {
    answers.RECORD: {"$ref": f"{COMPONENTS}RecordName"},
    answers.RECORDS: {"type": "array", "items": {"$ref": f"{COMPONENTS}RecordName"}},
    answers.NUMBER: {"type": "integer"},
    answers.WORDS: {"type": "string"},
    answers.ONCE: {"anyOf": [{"$ref": f"{COMPONENTS}ShownOnce"}, {"type": "string"}]},
    answers.NOTHING: {"type": "null"},
}
SHAPES: Mapping[str, Schema] = {
    "result": {"anyOf": list(RESULTS.values())},
    "refusal": {"$ref": f"{COMPONENTS}Refusal"},
    "finding": {"$ref": f"{COMPONENTS}Finding"},
}
"""What a part of an answer is, where its own type only says `WithJsonSchema({"x-shape": name})`."""


def answer_name(kind: str) -> str:
    """What the answer of actions with such a result is called."""
    return f"{kind.capitalize()}Answer"


def answer_schema(kind: str) -> Schema:
    """The answer of an action: its result once it is done, the proposal while it waits for a second person."""
    result = RESULTS[kind]
    return {
        "type": "object",
        "properties": {
            "action": {"type": "string"},
            "result": result if kind == answers.NOTHING else {"anyOf": [result, {"type": "null"}]},
            "entry": {"type": ["integer", "null"], "description": "GET /api/records/acts: entry, receipt"},
            "proposal": {"type": ["integer", "null"], "description": "GET /api/proposals/{proposal}"},
        },
        "required": ["action", "result", "entry", "proposal"],
    }


@cache
def input_models() -> dict[str, type[BaseModel]]:
    """Every input of an action and every row within one, by the names of their classes."""
    return models_by_name([entry.input for entry in ACTIONS.values()])


def models_by_name(inputs: Iterable[type[BaseModel]]) -> dict[str, type[BaseModel]]:
    """Inputs and the rows within them; two classes of one name are refused."""
    classes: dict[str, type[BaseModel]] = {}
    for part in chain.from_iterable(map(_models_in, inputs)):
        if classes.setdefault(part.__name__, part) is not part:
            raise ValueError(f"two classes are called {part.__name__}: {part}, {classes[part.__name__]}")
    return classes


def input_schemas(models: Mapping[str, type[BaseModel]]) -> dict[str, Schema]:
    """The schemas of inputs, by their names."""
    schemas: dict[str, Schema] = {}
    for name, model in models.items():
        whole = model.model_json_schema(ref_template=f"{COMPONENTS}{{model}}")
        fields = {
            field: _field_schema(model, field, model.model_fields[field], dict(part))
            for field, part in whole.get("properties", {}).items()
        }
        words = " ".join((model.__doc__ or "").split())
        whole.pop("$defs", None)  # each of them is one of the models
        schemas[name] = {**whole, "properties": fields, "description": words}
    return schemas


def _models_in(model: type[BaseModel]) -> list[type[BaseModel]]:
    """A model and those of the rows in its fields."""
    models = [model]
    for info in model.model_fields.values():
        kind = inner(info.annotation)
        for part in map(_bare, (kind, *get_args(kind))):
            if isinstance(part, type) and issubclass(part, BaseModel):
                models += _models_in(part)
    return models


def _bare(type_: Any) -> Any:
    """A type without what is annotated of it."""
    return get_args(type_)[0] if hasattr(type_, "__metadata__") else type_


def _field_schema(model: type[BaseModel], name: str, info: FieldInfo, schema: Schema) -> Schema:
    label = field_label(model, name)
    hint = next((note for note in info.metadata if isinstance(note, Help)), None)
    words = [f"{label.zh} / {label.en}", *([f"{hint.zh} / {hint.en}"] if hint else [])]
    kind = _bare(inner(info.annotation))
    if kind is Decimal:
        exact = DECIMAL_SCHEMA | {
            f"x-{bound}": str(part[bound])
            for part in (schema, *schema.get("anyOf", []))
            for bound in ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")
            if bound in part
        }
        optional = info.annotation is not Decimal
        default = {"default": schema["default"]} if "default" in schema else {}
        schema = ({"anyOf": [exact, {"type": "null"}]} if optional else exact) | default
    if refers := next((note for note in info.metadata if isinstance(note, Refers)), None):
        schema = reference_schema(refers, schema)
    if any(isinstance(note, Attached) for note in info.metadata):
        words.append("SHA-256: POST /api/files")
    stated = next((note.options for note in info.metadata if hasattr(note, "options")), None)
    # a list of codes that an installation changes, or that depends on who asks, is asked for
    options = {} if stated is not None and not isinstance(stated, dict) else options_of(info)
    if outcomes := outcomes_of(info):
        options = dict(outcomes.options)
    if options:
        _choose(schema, options, info, get_origin(kind) in (list, tuple))
    elif stated is not None:
        schema["x-choices"] = f"/api/choices/{model.__name__}/{name}"
    return schema | {"title": label.en, "description": "; ".join(words)}


def reference_schema(refers: Refers, schema: Schema) -> Schema:
    """A record, by its code in words or by its number."""
    kind = kinds.kind_of(refers.model)
    absent = [part for part in schema.get("anyOf", []) if part.get("type") == "null"]
    default = {"default": schema["default"]} if "default" in schema else {}
    named: list[Schema] = [{"type": "string"}] if kind else []
    return {
        "anyOf": [*named, {"type": "integer"}, *absent],
        **({"x-records": kind.name} if kind else {}),
        **default,
    }


def _choose(schema: Schema, options: Mapping[str, Text], info: FieldInfo, several: bool) -> None:
    """Codes as an enumeration, their words beside it; a field that may stay blank has the blank too."""
    target = schema.get("items", schema) if several else schema
    part = next((part for part in target.get("anyOf", []) if part.get("type") == "string"), target)
    blank = [""] if not several and not info.is_required() and info.default == "" and "" not in options else []
    part.pop("const", None)
    if part.get("type") == "string":
        part["enum"] = [*options, *blank]
        for name in ("minLength", "maxLength", "pattern"):
            part.pop(name, None)
    schema["x-labels"] = {code: words.as_dict() for code, words in options.items()}


def action_operation(entry: Action, schemas: dict[str, Schema]) -> Schema:
    """What is described of an action beyond its address."""
    answer = answers.answer_of(entry)
    name = answer_name(answer.kind)
    schemas[name] = answer_schema(answer.kind)
    kind = kinds.kind_of(answer.model) if answer.model else None
    waits = "须另一人批准：answer 为 proposal / A second person decides: the answer is a proposal"
    words = [*([waits] if entry.second_person else []), *([entry.law] if entry.law else [])]
    by = sorted(entry.by)
    return {
        "description": "\n\n".join([*words, f"角色 / roles: {', '.join(by)}"]),
        "x-roles": by,
        "x-answers": kind.name if kind else None,
        "requestBody": {
            "required": True,
            "content": {"application/json": {"schema": {"$ref": f"{COMPONENTS}{entry.input.__name__}"}}},
        },
        "responses": {"200": _response(name, entry.label), **refusals(ACT_REFUSALS)},
    }


def refusals(statuses: Iterable[int]) -> Schema:
    """The refusals of an operation, each by its status, all in one shape."""
    return {str(status): {"$ref": f"#/components/responses/Refusal{status}"} for status in statuses}


def _response(schema: str, words: Text) -> Schema:
    return {
        "description": f"{words.zh} / {words.en}",
        "content": {"application/json": {"schema": {"$ref": f"{COMPONENTS}{schema}"}}},
    }


def record_name(kind: RecordKind) -> str:
    """What the schema of a kind of record is called."""
    return "".join(part.capitalize() for part in kind.name.split("_")) + "Record"


def record_schema(kind: RecordKind) -> Schema:
    """The schema of a record of a kind."""
    fields = {field.name: value_schema(kind, field) for field in kind.fields}
    whole: Schema = {"code": {"type": "string"}, "id": {"type": "integer"}, **fields}
    words = f"{kind.title.zh} / {kind.title.en}"
    return {"type": "object", "properties": whole, "required": list(whole), "description": words}


def value_schema(kind: RecordKind, field: RecordField) -> Schema:
    """The schema of a field's value in an answer."""
    plain: dict[str, Schema] = {
        kinds.TEXT: {"type": "string"},
        kinds.WHOLE: {"type": "integer"},
        kinds.DECIMAL: {"type": "string", "format": "decimal"},
        kinds.DATE: {"type": "string", "format": "date"},
        kinds.MOMENT: {"type": "string", "format": "date-time"},
        kinds.YES: {"type": "boolean"},
        kinds.WORDS: {"$ref": f"{COMPONENTS}Words"},
        kinds.RECORD: {"type": "string"},
        kinds.DATA: {},
        kinds.LIST: {"type": "array", "items": {"type": "string"}},
    }
    nullable = stored_field(kind.model, field.path)[1] if field.of is None else field.kind != kinds.DATA
    schema = dict(plain[field.kind])
    if field.kind == kinds.RECORD and (target := target_of(kind, field)):
        schema["x-records"] = target.name
    if isinstance(field.words, dict):
        schema["x-labels"] = {code: words.as_dict() for code, words in field.words.items()}
        schema["enum"] = list(field.words)
    if nullable and schema:
        return {"anyOf": [schema, {"type": "null"}]}
    return schema


def page_schema(kind: RecordKind) -> Schema:
    return {
        "type": "object",
        "properties": {
            "records": {"type": "array", "items": {"$ref": f"{COMPONENTS}{record_name(kind)}"}},
            "next": {"type": ["string", "null"], "description": "下一页的 after / `after` of the next page"},
        },
        "required": ["records", "next"],
    }


def query_parameters(kind: RecordKind) -> list[Schema]:
    """What a list of this kind can be asked for."""
    parameters = []
    day: Schema = {"type": "string", "format": "date"}
    for field in kind.filters.values():
        schema = value_schema(kind, field)
        schema = next((part for part in schema.get("anyOf", []) if part.get("type") != "null"), schema)
        natural: Schema = {"minimum": 0} if field.kind == kinds.WHOLE else {}
        parameters.append(_parameter(field.name, day if field.kind == kinds.MOMENT else {**schema, **natural}))
    parameters += [_parameter(name, day) for name in bounds(kind)]
    for listed in listed_filters(kind).values():
        fixed: Schema = {"enum": list(listed.choices)} if isinstance(listed.options, dict) else {}
        schema = {"type": "string", **fixed}
        parameters.append(_parameter(listed.name, schema, f"{listed.label.zh} / {listed.label.en}"))
    if kind.listing is not None and kind.listing.search:
        parameters.append(_parameter("q", {"type": "string"}, "查找 / words to look for"))
    limit = {"type": "integer", "minimum": 1, "maximum": MOST, "default": USUAL}
    return [*parameters, _parameter("after", {"type": "string"}, "游标 / cursor"), _parameter("limit", limit)]


def _parameter(name: str, schema: Schema, words: str = "") -> Schema:
    return {"name": name, "in": "query", "required": False, "schema": schema} | (
        {"description": words} if words else {}
    )


def complete(schema: Any) -> Any:
    """The whole description: of each action its input and answer, of each operation its refusals."""
    named: dict[str, Schema] = schema["components"]["schemas"]
    named |= {"Words": WORDS_SCHEMA, "Finding": FINDING_SCHEMA, "Refusal": REFUSAL_SCHEMA, "RecordName": RECORD_SCHEMA}
    named["ShownOnce"] = ONCE_SCHEMA
    named |= input_schemas(input_models())
    for kind in KINDS.values():
        named[record_name(kind)] = record_schema(kind)
        named[f"{record_name(kind)}Page"] = page_schema(kind)
    schema["components"]["responses"] = {
        f"Refusal{status}": _response("Refusal", ERRORS.get(status, FAULT)[1]) for status in ACT_REFUSALS
    }
    for name, part in list(named.items()):
        named[name] = shaped(part)
    for path, operations in schema["paths"].items():
        entry = ACTIONS.get(path.rpartition("/")[2]) if "/actions/" in path else None
        for method, operation in operations.items():
            if entry is not None:
                operation.update(action_operation(entry, named))
            else:
                statuses = READ_REFUSALS if method == "get" else ACT_REFUSALS
                operation["responses"] = refusals(statuses) | operation["responses"]
    return schema


def shaped(part: Any) -> Any:
    """A schema with every shape in the place of its name."""
    if isinstance(part, dict):
        shape = SHAPES.get(str(part.get("x-shape", "")))
        plain = {name: shaped(value) for name, value in part.items() if name not in ("x-shape", "title")}
        return {**plain, **shape} if shape else {name: shaped(value) for name, value in part.items()}
    return [shaped(value) for value in part] if isinstance(part, list) else part
