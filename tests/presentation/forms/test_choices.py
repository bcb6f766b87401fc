"""A code that is no choice fits through no door: every field with choices, of every action and of every import."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, get_args, get_origin

import pytest
from pydantic import BaseModel, ValidationError, create_model

from tanzhi.actions.table import ACTIONS, Input
from tanzhi.office.imports.model import IMPORTERS
from tanzhi.presentation.forms.fields import Choices
from tanzhi.presentation.forms.form import inner, note
from tanzhi.rulebook.kernel.text import same

CODED = {"region", "sector", "organisation", "category", "market", "standing"}
"""Names under which a code of a list is asked for; free text in their place falls out of every sum."""

MODELS: dict[str, type[BaseModel]] = {name: entry.input for name, entry in ACTIONS.items()}
MODELS |= {f"rows of {name}": importer.row for name, importer in IMPORTERS.items()}


def parts(model: type[BaseModel], seen: set[Any]) -> Iterator[type[BaseModel]]:
    """The model, and the models of its rows."""
    if model in seen:
        return
    seen.add(model)
    yield model
    for info in model.model_fields.values():
        for kind in (inner(info), *get_args(inner(info))):
            if isinstance(kind, type) and issubclass(kind, BaseModel):
                yield from parts(kind, seen)


EVERY = [
    (model, name, info)
    for whole in MODELS.values()
    for model in parts(whole, set())
    for name, info in model.model_fields.items()
]
NAMED = sorted({f"{model.__module__}.{model.__qualname__}.{name}" for model, name, _ in EVERY})


def test_the_kind_is_looked_for_where_it_can_be() -> None:
    assert len(NAMED) > 300


def test_whatever_asks_for_a_code_of_a_list_offers_the_list() -> None:
    bare = {
        f"{model.__qualname__}.{name}"
        for model, name, info in EVERY
        if name in CODED and inner(info) is str and note(info, Choices) is None
    }
    assert bare == set()


STATIC = {
    f"{model.__module__}.{model.__qualname__}.{name}": (name, info)
    for model, name, info in EVERY
    if (known := note(info, Choices)) is not None and isinstance(known.options, Mapping)
}


def test_every_model_with_choices_is_read_where_choices_are_checked() -> None:
    assert {model for model, _, info in EVERY if note(info, Choices) and not issubclass(model, Input)} == set()


@pytest.mark.parametrize("code", [7, ["no such code"], "no such code"])
def test_what_is_no_choice_is_refused_in_whatever_form_it_comes(code: Any) -> None:
    alone: Any = create_model(
        "Alone", __base__=Input, kind=(Annotated[Any, Choices({"1": same("1"), "2": same("2")})], ...)
    )
    assert alone.model_validate({"kind": 2}).kind == 2
    assert alone.model_validate({"kind": ["1", "2"]}).kind == ["1", "2"]
    with pytest.raises(ValidationError) as refused:
        alone.model_validate({"kind": code})
    assert refused.value.errors()[0]["type"] == "VAL-OPTION"


@pytest.mark.django_db  # lists of codes are an installation's
@pytest.mark.parametrize("field", sorted(STATIC))
def test_every_field_with_choices_takes_its_codes_and_nothing_else(field: str) -> None:
    name, info = STATIC[field]
    alone: Any = create_model("Alone", __base__=Input, **{name: (info.annotation, info)})
    several = get_origin(inner(info)) is list
    options = note(info, Choices).options
    assert options
    for code in options:
        assert alone.model_validate({name: [code] if several else code})
    with pytest.raises(ValidationError):
        alone.model_validate({name: ["no such code"] if several else "no such code"})
