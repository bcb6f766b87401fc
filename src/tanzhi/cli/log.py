"""`tanzhi evidence`: verify, seal, accept, set-aside, receipt, export, rotate-key, accept-head."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from tanzhi.rulebook.kernel.text import Text, in_language

from .ground import database
from .speaking import FROM_SYSTEM, NOT_THERE, REFUSED, AsJson, Language, Stopped, print_json, speak

T = TypeVar("T")

app = typer.Typer(help="存证记录 / the evidence log", no_args_is_help=True)


_NO_HEAD = Text("“{found}”不是树头；应为 条数:树根", "“{found}” is no head; expected SIZE:ROOT")
_INTACT = Text(
    "完好：{size} 条，树根 {root}，待封存 {waiting} 条", "intact: {size} entries, root {root}, {waiting} waiting"
)
_BROKEN = Text("存证记录与所存不符（{size} 条）", "the log is not as it was sealed ({size} entries)")


@app.command()
def verify(
    *,
    head: Annotated[
        str, typer.Option(help="手中的旧树头，如发布稿所印 / a head you kept, as a bulletin prints it: SIZE:ROOT")
    ] = "",
    as_json: AsJson = False,
    language: Language = FROM_SYSTEM,
) -> None:
    """重新计算全部存证 / Recompute the whole log and name what is not as it was."""
    with database(language):
        from tanzhi.evidence.checking import verify as recompute
        from tanzhi.evidence.pinned import pin_in

        expected = pin_in(head)
        if head and expected is None:
            raise Stopped("CLI-HEAD", _NO_HEAD.format(found=head), REFUSED)
        report = recompute(expected)
    if as_json:
        print_json(report.as_dict())
    else:
        for fault in report.faults:
            typer.echo(f"{fault.code} {fault.place}: {in_language(fault.message, language)}")
        words = _INTACT if report.intact else _BROKEN
        speak(words.format(size=report.size, root=report.root, waiting=report.waiting), language)
    if not report.intact:
        raise typer.Exit(REFUSED)


_SEALED = Text("已封存 {size} 条，树根 {root}", "sealed: {size} entries, root {root}")


@app.command()
def seal(as_json: AsJson = False, language: Language = FROM_SYSTEM) -> None:
    """封存等待的记录 / Seal what waits and sign the head."""
    with database(language):
        from tanzhi.evidence.sealer import seal_all

        head = _allowed(seal_all)
        head_json = {"size": head.size, "root": bytes(head.root).hex()} if head else {"size": 0, "root": ""}
    if as_json:
        print_json(head_json)
    else:
        speak(_SEALED.format(**head_json), language)


_TAKEN_UP = Text("已认可，记为第 {number} 号记录", "taken up with entry no. {number}")
_NOTHING_TO_ACCEPT = Text("各行均与存证相符", "every row is as the log says")


@app.command()
def accept(
    reason: Annotated[str, typer.Option(help="为何如此 / why the rows are right as they are")],
    language: Language = FROM_SYSTEM,
) -> None:
    """按现状认可与存证不符的数据行，须说明理由 / Take up as they are the rows that the log does not explain."""
    with database(language):
        from tanzhi.evidence.taking_up import take_up

        entry = take_up("evidence.accepted", _stated(reason))
        speak(_TAKEN_UP.format(number=entry.pk) if entry else _NOTHING_TO_ACCEPT, language)


_PUT_ASIDE = Text(
    "第 {number} 号记录已搁置，记为第 {entry} 号记录；该行原样保留",
    "entry number {number} is set aside, with entry no. {entry}; the row itself stays as it is",
)


@app.command("set-aside")
def set_aside(
    number: Annotated[int, typer.Argument(help="未封存记录的编号 / the number of an entry that waits to be sealed")],
    reason: Annotated[str, typer.Option(help="查明的情况 / what was found out about it")],
    language: Language = FROM_SYSTEM,
) -> None:
    """搁置并非本平台写入、使封存停止的记录 / Set an entry aside that the platform did not write: sealing goes on."""
    with database(language):
        from tanzhi.evidence.set_aside import put_aside

        why = _stated(reason)
        entry = _allowed(lambda: put_aside(number, why))
        speak(_PUT_ASIDE.format(number=number, entry=entry.pk), language)


_NO_ENTRY = Text(
    "没有记录或回执“{found}”，或其校验位不符", "there is no entry or receipt “{found}”, or its check digits are wrong"
)
_NOT_SEALED = Text(
    "记录“{found}”尚未封存：稍候或运行 tanzhi evidence seal",
    "entry “{found}” is not sealed yet: wait, or run `tanzhi evidence seal`",
)


@app.command()
def receipt(
    entry: Annotated[str, typer.Argument(help="回执编号或记录号 / receipt number R-…, or entry number")],
    *,
    particulars: Annotated[
        bool, typer.Option("--particulars", help="附上不公开的事项 / with what is not public, for whoever may see it")
    ] = False,
    language: Language = FROM_SYSTEM,
) -> None:
    """一条记录的回执 / The receipt of an entry: a file that anybody verifies offline."""
    with database(language):
        from tanzhi.evidence.models import Entry
        from tanzhi.evidence.numbers import index_of
        from tanzhi.evidence.receipts import receipt as receipt_of

        index = index_of(entry)
        named = {"leaf_index": index} if index is not None else {"pk": entry if entry.isdecimal() else 0}
        sealed_entry = Entry.objects.filter(**named).first()
        paper = receipt_of(sealed_entry, particulars=particulars) if sealed_entry else None
        if sealed_entry is None or paper is None:
            raise Stopped("CLI-RECEIPT", (_NOT_SEALED if sealed_entry else _NO_ENTRY).format(found=entry), NOT_THERE)
        print_json(paper)


_EXISTS = Text("{file} 已存在，不予覆盖", "{file} exists already and is not overwritten")
_EXPORTED = Text("已导出 {count} 条至 {file}", "{count} entries exported to {file}")


@app.command()
def export(
    file: Annotated[Path, typer.Argument(help="一行一条的 JSON 文件 / file with one JSON line an entry")],
    language: Language = FROM_SYSTEM,
) -> None:
    """导出已封存的全部记录 / Export every sealed entry in order: index, leaf hash, canonical bytes as text."""
    with database(language):
        from tanzhi.evidence.models import Entry

        if file.exists():
            raise Stopped("CLI-EXISTS", _EXISTS.format(file=file))
        sealed = Entry.objects.filter(leaf_index__isnull=False).order_by("leaf_index")
        with file.open("x", encoding="utf-8") as out:
            for entry in sealed.iterator(chunk_size=2000):
                line = {"index": entry.leaf_index, "leaf_hash": bytes(entry.leaf_hash).hex()}
                out.write(json.dumps(line | {"leaf": bytes(entry.canonical).decode()}, ensure_ascii=False) + "\n")
        speak(_EXPORTED.format(count=sealed.count(), file=file), language)


_ROTATED = Text(
    "第 {after} 条以后由新密钥签署，指纹 {fingerprint}；请公布并备份",
    "entries after {after} are signed by the new key, fingerprint {fingerprint}: publish it and make a backup",
)


@app.command("rotate-key")
def rotate_key(language: Language = FROM_SYSTEM) -> None:
    """更换签名密钥 / Make a new signing key; the old one signs for it, and stays for what it signed."""
    with database(language):
        from tanzhi.evidence.keys import fingerprint
        from tanzhi.evidence.sealer import rotate_key as rotate

        era = _allowed(rotate)
        speak(_ROTATED.format(after=era.after, fingerprint=fingerprint(era.key)), language)


_ACCEPTED = Text("现以树头 {head} 为最后的树头", "the head signed last is now {head}")


@app.command("accept-head")
def accept_head(
    reason: Annotated[str, typer.Argument(help="理由，写入 keys/restored / why, noted in keys/restored")],
    language: Language = FROM_SYSTEM,
) -> None:
    """恢复备份后，以数据库中最新的树头为准 / After a restore: take the newest head of the database for the last one."""
    with database(language):
        from tanzhi.evidence.pinned import accept_restored_head

        speak(_ACCEPTED.format(head=str(accept_restored_head(reason))), language)


_NEEDS_REASON = Text("须说明理由", "a reason is needed")


def _stated(reason: str) -> str:
    """A reason in words; blanks are none."""
    if not reason.strip():
        raise Stopped("CLI-REASON", _NEEDS_REASON, REFUSED)
    return reason.strip()


def _allowed(work: Callable[[], T]) -> T:
    """What the log refuses is said with its code."""
    from tanzhi.evidence.faults import LogFault

    try:
        return work()
    except LogFault as fault:
        raise Stopped(fault.code, fault.message, REFUSED) from None
