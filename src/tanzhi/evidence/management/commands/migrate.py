"""Django's `migrate`, which does not draw everything anew for each new model."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management.commands import migrate
from django.db.migrations.state import ModelState, ProjectState


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        with adding_alone():
            super().handle(*args, **options)


@contextmanager
def adding_alone() -> Iterator[None]:
    """Within the block a new model is drawn by itself.

    Django draws with it, once more, all models that it is related to by any path: here nearly all, for each of them.
    Nothing refers to a model that is new, and the state says that it is delayed, as after Django's own shortcuts, so
    that whatever runs over rows sees all models drawn afresh.
    """
    usual = ProjectState.add_model

    def add_alone(state: ProjectState, model: ModelState) -> None:
        drawn = state.__dict__.pop("apps", None)
        usual(state, model)
        if drawn is not None:
            state.__dict__["apps"], state.is_delayed = drawn, True
            drawn.render_multiple([model])

    ProjectState.add_model = add_alone  # type: ignore[assignment, method-assign]  # no other way in
    try:
        yield
    finally:
        ProjectState.add_model = usual  # type: ignore[method-assign]
