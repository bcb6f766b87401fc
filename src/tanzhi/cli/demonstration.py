"""`tanzhi demo`: everything a newcomer needs, from an empty folder to a served example province."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib import import_module
from typing import Annotated

import typer

from tanzhi.rulebook.kernel.text import Text, in_language

from .ground import database, private_files
from .running import LOOPBACK, collect_static, refuse_port_in_use
from .speaking import FROM_SYSTEM, Language, speak

PERIOD = "2024H1"


_AGAIN = Text(
    "示例数据已在库中，未重新载入；要重来，请删去目录 var（或 TANZHI_VAR）",
    "The example is there already and was not loaded again; to start afresh, delete the folder var (or TANZHI_VAR)",
)


_DAY = Text(
    "示例停留在 {day}：期限按这一天计算（TANZHI_TODAY）",
    "The example stands still on {day}: deadlines count by that day (TANZHI_TODAY)",
)
_ADDRESS = Text(
    "示例数据均为合成。网址 http://{host}:{port}/ ，各角色的登录名与密码：",
    "The example data are synthetic. http://{host}:{port}/ – sign-in names and passwords of every role:",
)


def demo(
    *,
    serve: Annotated[bool, typer.Option("--serve/--no-serve", help="随后提供网页 / serve the pages after")] = True,
    port: Annotated[int, typer.Option(min=1, max=65535)] = 8000,
    example: Annotated[str, typer.Option(help="示例数据 / the example")] = "gansu",
    also: Annotated[list[str] | None, typer.Option(help="再载入 / load beside it, e.g. second")] = None,
    today: Annotated[str, typer.Option(help="示例日期 / the day on which the example stands still")] = "",
    language: Language = FROM_SYSTEM,
) -> None:
    """示例省份：建库、载入、打印发布稿、提供网页 / Migrate, load the example province, print its bulletin, serve."""
    private_files()
    if serve:
        refuse_port_in_use(port, language)
    province = import_module(f"tanzhi.examples.{example}")
    os.environ["TANZHI_TODAY"] = today or province.TODAY.isoformat()
    os.environ.setdefault("TANZHI_PROVINCE", province.PROVINCE)
    os.environ.setdefault("TANZHI_TIME_CODES", "off")  # invented people have no telephones; check-deploy names it
    with database(language, migrated=False):
        from django.core.management import call_command

        call_command("migrate", interactive=False, verbosity=0)
        collect_static()
        with _only_warnings():
            loaded = province.load(ProgressLine())
            typer.echo("", err=True)
            if loaded.again:
                speak(_AGAIN, language)
            for name in also or ():
                loaded.sign_ins += import_module(f"tanzhi.examples.{name}").load(ProgressLine()).sign_ins
                typer.echo("", err=True)
        _print_bulletin(language)
        speak(_DAY.format(day=os.environ["TANZHI_TODAY"]), language)
        speak(_ADDRESS.format(host=LOOPBACK, port=port), language)
        for person in loaded.sign_ins:
            typer.echo(f"  {in_language(person.role, language)}: {person.sign_in_name} / {person.password}")
    if serve:
        _serve(port, language)


@contextmanager
def _only_warnings() -> Iterator[None]:
    """Lines of jobs would break the progress line; afterwards the log says everything again."""
    logger = logging.getLogger("tanzhi")
    before = logger.level
    logger.setLevel(logging.WARNING)
    try:
        yield
    finally:
        logger.setLevel(before)


_LEFT = Text("约剩 {m} 分 {s:02d} 秒", "about {m} min {s:02d} s left")


@dataclass(slots=True)
class ProgressLine:
    """One line that grows: the step in both languages, and how long the rest takes at the pace so far."""

    began: float = field(default_factory=time.monotonic)

    def __call__(self, done: int, of: int, message: Text) -> None:
        words = [f"{message.zh} / {message.en}"]
        if 0 < done < of:
            seconds = round((time.monotonic() - self.began) * (of - done) / done)
            left = _LEFT.format(m=seconds // 60, s=seconds % 60)
            words.append(f"{left.zh} / {left.en}")
        typer.echo(f"\r{done}/{of} {' · '.join(words)}\033[K", nl=False, err=True)


def _print_bulletin(language: str) -> None:
    from tanzhi.bulletin.composition import compose
    from tanzhi.bulletin.printing import as_text
    from tanzhi.evidence.sealer import seal_all

    seal_all()
    typer.echo(as_text(compose(PERIOD).content, language))


_STOPPED = Text("已停止", "stopped")


def _serve(port: int, language: str) -> None:
    """The worker beside the server; whichever way this ends, both end with it."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # as Ctrl-C does
    command = (sys.executable, "-m", "tanzhi.cli")
    own = (("worker",), ("serve", "--port", str(port)))
    started = [subprocess.Popen([*command, *words, "--lang", language]) for words in own]  # noqa: S603  # our own words, no shell
    try:
        started[-1].wait()
    except KeyboardInterrupt:
        speak(_STOPPED, language)
    finally:
        for process in reversed(started):
            process.terminate()
        for process in started:
            process.wait()
