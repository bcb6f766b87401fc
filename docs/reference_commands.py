"""Every command of `tanzhi` with its arguments, read from the commands themselves."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from docs.markdown import NOTICE, code, table


def page() -> str:
    parts = ["# Commands 命令", NOTICE, "`--help` tells the same; `--lang zh|en` chooses the language of the answer."]
    for name, command in commands():
        heading = f"## tanzhi {name}"
        parts += [heading, (command.help or "").strip(), table(["Argument", "Meaning"], _arguments(command))]
    return "\n\n".join(part.strip() for part in parts if part) + "\n"


def commands() -> list[tuple[str, Any]]:
    """Names, groups before their commands' names, in order."""
    import typer

    from tanzhi.cli import app

    return sorted(_below(typer.main.get_command(app), ""), key=lambda pair: pair[0])


def _below(group: Any, before: str) -> Iterator[tuple[str, Any]]:
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from _below(command, f"{before}{name} ")
        else:
            yield f"{before}{name}", command


def _arguments(command: Any) -> list[tuple[str, str]]:
    found = []
    for one in command.params:
        if one.name == "help":
            continue
        named = ", ".join([*one.opts, *one.secondary_opts]) if one.opts[0].startswith("-") else str(one.name).upper()
        found.append((code(named), getattr(one, "help", "") or ""))
    return found
