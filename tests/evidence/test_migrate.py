"""The shortcut by which models are added, against Django's own way."""

from __future__ import annotations

from typing import Any

from django.core.management import get_commands
from django.db import connection, migrations, models
from django.db.migrations.state import ProjectState

from tanzhi.evidence.management.commands.migrate import adding_alone

FIELDS: list[dict[str, Any]] = [
    {},
    {"above": models.ForeignKey("invented.Model0", models.CASCADE, related_name="below")},
    {"self": models.ForeignKey("self", models.CASCADE, null=True), "many": models.ManyToManyField("invented.Model1")},
    {"one": models.OneToOneField("invented.Model2", models.CASCADE), "name": models.CharField(max_length=9)},
]
OPERATIONS = [
    migrations.CreateModel(f"Model{number}", [("id", models.AutoField(primary_key=True)), *fields.items()])
    for number, fields in enumerate(FIELDS)
]
Drawn = dict[str, list[tuple[str, str]]]


def drawn(state: ProjectState) -> Drawn:
    """Each model with its fields, those of its relations too, and the types of their columns."""
    every = state.apps.get_models(include_auto_created=True)
    return {
        model.__name__: sorted(
            (str(field), "" if field.auto_created and not field.concrete else str(field.db_type(connection)))
            for field in model._meta.get_fields(include_hidden=True)
        )
        for model in every
    }


def applied() -> tuple[list[list[tuple[str, str]]], Drawn]:
    """Each model as its table is created, and all of them where rows are worked on afterwards."""
    state, created = ProjectState(), []
    for operation in OPERATIONS:
        state = state.clone()
        operation.state_forwards("invented", state)
        created.append(drawn(state)[operation.name])
    state.clear_delayed_apps_cache()  # as RunPython does
    return created, drawn(state)


def test_a_model_added_alone_gives_the_same_tables_and_the_same_relations() -> None:
    usual = applied()
    with adding_alone():
        alone = applied()
    assert alone == usual
    assert len(usual[1]) == len(OPERATIONS) + 1  # and the table between
    assert ("<ManyToOneRel: invented.model1>", "") in usual[1]["Model0"]


def test_without_the_fresh_drawing_the_relations_would_not_be_the_same() -> None:
    """So that the test above can fail."""
    with adding_alone():
        state = ProjectState()
        for operation in OPERATIONS:
            state = state.clone()
            drawn(state)
            operation.state_forwards("invented", state)
    assert state.is_delayed
    assert ("<ManyToOneRel: invented.model1>", "") not in drawn(state)["Model0"]


def test_every_way_of_migrating_takes_the_shortcut() -> None:
    assert get_commands()["migrate"] == "tanzhi.evidence"
