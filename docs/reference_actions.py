"""Every action and who may do it, read from the table that the program itself asks."""

from __future__ import annotations

from docs.markdown import NOTICE, both, code, table


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
        "● may do it; ◎ decides on it as the second person; ◉ both, though never on a proposal of one's own.",
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

    marks = {(True, False): "●", (False, True): "◎", (True, True): "◉"}
    rows: dict[str, dict[str, str]] = {}
    for cell in matrix():
        rows.setdefault(cell.action.name, {})[cell.role] = marks.get((cell.allowed, cell.approves), "")
    used = [role for role in roles if any(row[role] for row in rows.values())]
    body = [(code(name), *(row[role] for role in used)) for name, row in sorted(rows.items())]
    idle = ", ".join(code(role) for role in roles if role not in used)
    return table(["Action", *used], body) + (f"\nNo action yet: {idle}." if idle else "")
