"""Puts the commands together."""

from __future__ import annotations

import typer

from . import admin, archive, checking, demonstration, importing, law, log, published, registry, running, worker

app = typer.Typer(
    name="tanzhi",
    help="碳治：一个省的碳工作平台 / the platform with which a province runs its carbon work",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
PASSED_ON = {"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []}

for command in (
    law.calc,
    law.rules,
    published.explain,
    published.bulletin,
    archive.backup,
    archive.restore,
    checking.check,
    running.migrate,
    running.serve,
    worker.worker,
    demonstration.demo,
):
    app.command()(command)
app.command("import")(importing.import_workbook)
app.command("check-deploy")(running.check_deploy)
app.command("manage", context_settings=PASSED_ON)(running.manage)
app.add_typer(admin.app, name="admin")
app.add_typer(log.app, name="evidence")
app.add_typer(registry.app, name="registry")


def main() -> None:
    app()
