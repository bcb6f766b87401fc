"""Parts of a case's page that a layer above fills, such as its letters."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tanzhi.actions.registry import Actor
    from tanzhi.actions.state_record import CaseRecord


@dataclass(frozen=True, slots=True)
class Panel:
    """`template` draws as `records` what of a case this reader may see; the timeline follows the same records."""

    code: str
    template: str
    records: Callable[[CaseRecord, Actor], list[Any]]


@dataclass(frozen=True, slots=True)
class FilledPanel:
    """A panel with its records, for one reader."""

    template: str
    records: list[Any]


CASE_PANELS: dict[str, Panel] = {}


def register(panel: Panel) -> None:
    CASE_PANELS[panel.code] = panel


def filled_panels(case: CaseRecord, actor: Actor) -> list[FilledPanel]:
    return [FilledPanel(panel.template, panel.records(case, actor)) for panel in CASE_PANELS.values()]
