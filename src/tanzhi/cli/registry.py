"""`tanzhi registry`: check."""

from __future__ import annotations

from typing import Annotated

import typer

from tanzhi.rulebook.kernel.text import Text, in_language

from .ground import database
from .speaking import FROM_SYSTEM, REFUSED, AsJson, Language, print_json, speak

app = typer.Typer(help="登记账簿 / the ledger", no_args_is_help=True)


@app.callback()
def registry() -> None:
    """登记账簿 / The ledger."""


_AGREES = Text(
    "账簿相符：{transfers} 笔转移，{entries} 条分录", "the books agree: {transfers} transfers, {entries} entries"
)
_FAULTS = Text("有 {n} 处不符", "{n} faults")


@app.command()
def check(
    block: Annotated[bool, typer.Option("--block", help="锁定不符的账户 / block accounts that do not agree")] = False,
    as_json: AsJson = False,
    language: Language = FROM_SYSTEM,
) -> None:
    """独立核对全部账簿 / Recompute the books on a path of its own and name what does not agree."""
    with database(language):
        from tanzhi.streams.market.ledger.check import check as recompute
        from tanzhi.streams.market.ledger.check import named
        from tanzhi.streams.market.ledger.check_work import blocked

        report = recompute()
        locked = blocked(report) if block else []
    if as_json:
        print_json(report.as_dict() | {"blocked": locked})
    else:
        for fault in report.faults:
            typer.echo(in_language(named(fault), language))
        words = _AGREES if report.agrees else _FAULTS
        speak(words.format(entries=report.entries, transfers=report.transfers, n=len(report.faults)), language)
    if not report.agrees:
        raise typer.Exit(REFUSED)
