"""Every action, who may do it and on whose records: read from the registered actions and docs/belongings.yaml."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from docs.markdown import NOTICE, both, code, table
from tanzhi.rulebook.kernel.yaml_files import read_yaml

if TYPE_CHECKING:
    from tanzhi.actions.registry import Action, PermissionCell

BELONGINGS: dict[str, dict[str, list[str]]] = read_yaml(Path(__file__).with_name("belongings.yaml"))
# How far a role reaches: a record of one's own, of another organisation of the region, of another province.
ALONE, WITHIN, EVERYWHERE, NOWHERE = (True, False, False), (True, True, False), (True, True, True), (False,) * 3
LEGEND = """Three signs a cell: on a record of one's own organisation (or of oneself), of another organisation of one's
region, of another province. ● may do it; ◎ decides on it as the second person; ◉ both, though never on a proposal of
one's own; ○ is told that there is no such record; an empty cell: not for this role."""


def page() -> str:
    from tanzhi.actions.registry import ACTIONS
    from tanzhi.actions.roles import KNOWN_ROLES, REACHES

    roles = [(code(r.code), both(r.label.as_dict()), both(REACHES[r.reach].as_dict())) for r in KNOWN_ROLES.values()]
    parts = [
        "# Actions 操作",
        NOTICE,
        "Every change of state is one of these. Each is also an operation of the API, `POST /api/actions/<name>`.",
        "## Roles 角色",
        table(["Role", "Name", "Reaches"], roles),
        "## States 状态",
        _states(list(ACTIONS)),
        "## Who may 权限",
        LEGEND,
        _permissions(list(KNOWN_ROLES)),
    ]
    return "\n\n".join(part.strip() for part in parts) + "\n"


def _states(names: list[str]) -> str:
    from tanzhi.actions.registry import ACTIONS

    heads = ["Action", "Name", "On", "Leaves", "Enters", "Second person", "Law"]
    chosen = [ACTIONS[name] for name in sorted(names)]
    return table(
        heads,
        [
            (
                code(a.name),
                both(a.label.as_dict()),
                a.subject.__name__ if a.subject else "",
                ", ".join(sorted(a.leaves)),
                a.enters,
                "yes" if a.second_person else "",
                a.law,
            )
            for a in chosen
        ],
    )


def _permissions(roles: list[str]) -> str:
    from tanzhi.actions.registry import matrix

    rows: dict[str, dict[str, str]] = {}
    for cell in matrix():
        rows.setdefault(cell.action.name, {})[cell.role] = _signs(cell)
    used = [role for role in roles if any(row[role] for row in rows.values())]
    body = [(code(name), *(row[role] for role in used)) for name, row in sorted(rows.items())]
    idle = ", ".join(code(role) for role in roles if role not in used)
    return table(["Action", *used], body) + (f"\nNo action yet: {idle}." if idle else "")


def _signs(cell: PermissionCell) -> str:
    sign = {(True, False): "●", (False, True): "◎", (True, True): "◉"}.get((cell.allowed, cell.approves), "")
    return "".join(sign if reached else "○" for reached in _reached(cell)) if sign else ""


def _reached(cell: PermissionCell) -> tuple[bool, ...]:
    """What the reach of a role comes to on a record that belongs to an organisation, a region, a person."""
    to = belongs(cell.action)
    if to is None or cell.reach == "platform":
        return EVERYWHERE
    if cell.reach == "people":
        return EVERYWHERE if "person" in to else NOWHERE
    on = {
        "own": "organisation",
        "assigned": "organisation",
        "consented": "organisation",
        "region": "region",
        "self": "person",
    }.get(cell.reach)
    return NOWHERE if on not in to else WITHIN if on == "region" else ALONE


def belongs(action: Action) -> list[str] | None:
    """To whom a record of the action belongs; None where the role alone permits."""
    if action.subject is None or action.place is not None:
        return BELONGINGS["inputs"].get(action.name)
    return BELONGINGS["records"][_label(action.subject)]


def _label(model: Any) -> str:
    return str(model._meta.label)
