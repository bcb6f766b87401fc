"""Puts the commands together."""

from __future__ import annotations

import typer

from . import law

app = typer.Typer(
    name="tanzhi",
    help="碳治：一个省的碳工作平台 / the platform with which a province runs its carbon work",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command()(law.calc)
app.command()(law.rules)


def main() -> None:
    app()
