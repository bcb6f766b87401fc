"""`tanzhi check`: the database itself, the evidence log, the books."""

from __future__ import annotations

import typer

from tanzhi.rulebook.kernel.text import Text, in_language

from .ground import database
from .soundness import refuse_unreadable
from .speaking import FROM_SYSTEM, REFUSED, AsJson, Language, print_json, speak

SOUND = Text(
    "完好：存证 {size} 条，账簿 {transfers} 笔转移",
    "sound: {size} entries of evidence, {transfers} transfers in the books",
)
NOT_SOUND = Text("存证 {evidence} 处、账簿 {registry} 处不符", "{evidence} faults of evidence, {registry} of the books")


def check(as_json: AsJson = False, language: Language = FROM_SYSTEM) -> None:
    """全面检查：数据库、存证、账簿 / The database itself, then the evidence log, then the books; names each fault."""
    with database(language):
        from tanzhi.evidence.checking import verify
        from tanzhi.streams.market.ledger.check import check as recompute
        from tanzhi.streams.market.ledger.check import named

        refuse_unreadable()
        evidence, books = verify(), recompute()
    if as_json:
        sound = evidence.intact and books.agrees
        print_json({"sound": sound, "evidence": evidence.as_dict(), "registry": books.as_dict()})
    else:
        for fault in evidence.faults:
            typer.echo(f"{fault.code} {fault.place}: {in_language(fault.message, language)}")
        for difference in books.faults:
            typer.echo(in_language(named(difference), language))
        if evidence.intact and books.agrees:
            speak(SOUND.format(size=evidence.size, transfers=books.transfers), language)
        else:
            speak(NOT_SOUND.format(evidence=len(evidence.faults), registry=len(books.faults)), language)
    if not (evidence.intact and books.agrees):
        raise typer.Exit(REFUSED)
