"""The bulletin as text for a terminal or a mail."""

from __future__ import annotations

from collections.abc import Iterator

from tanzhi.rulebook.kernel import Text
from tanzhi.rulebook.kernel.text import in_language

from .composition import Bulletin, PrintedRow

FOOT = Text("存证树头：{head}；规则版本：{release}", "Evidence head: {head}; rules release: {release}")
RESERVED = Text("※ {words}", "※ {words}")
TO_COME = Text("其余各行", "Rows to come")


def as_text(bulletin: Bulletin, language: str) -> str:
    """Rows that have figures, then those still to come, then what all of it rests on."""
    foot = FOOT.format(head=bulletin.basis.head(), release=bulletin.basis.release)
    lines = [in_language(bulletin.title, language), ""]
    for row in bulletin.printed:
        lines += _row(row, language)
    if bulletin.waiting:
        lines += ["", in_language(TO_COME, language)]
        lines += [
            f"{r.row.number:>3}  {_said(r.row.title, language)}: {_said(r.waiting, language)}" for r in bulletin.waiting
        ]
    return "\n".join([*lines, "", in_language(foot, language)]) + "\n"


def _row(row: PrintedRow, language: str) -> Iterator[str]:
    yield f"{row.row.number:>3}  {in_language(row.row.title, language)}"
    for statement in row.statements:
        comparison = f" ({in_language(statement.comparison, language)})" if statement.comparison else ""
        yield f"     {in_language(statement.sentence, language)}{comparison}"
        yield from (f"       {_said(RESERVED.format(words=words), language)}" for words in statement.reservations)
        yield f"       {statement.found.ref}"


def _said(text: Text | None, language: str) -> str:
    return str(in_language(text, language)) if text else ""
