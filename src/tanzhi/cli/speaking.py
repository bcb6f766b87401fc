"""What the command line says: in one language, on the right stream, with a code that programs can rely on."""

from __future__ import annotations

import json
import os
from typing import Annotated, Any, NoReturn

import typer

from tanzhi.rulebook.kernel.text import Text, in_language

REFUSED = 1
BAD_FILE = 3
NOT_THERE = 4
NOT_READY = 5
LANGUAGES = ("zh", "en")


def default_language() -> str:
    """From LC_ALL or LANG; Chinese unless it names English."""
    named = os.environ.get("LC_ALL") or os.environ.get("LANG") or ""
    return "en" if named.lower().startswith("en") else "zh"


def _language(code: str) -> str:
    if code and code not in LANGUAGES:
        raise typer.BadParameter(f"{code!r}: zh | en")
    return code or default_language()


Language = Annotated[str, typer.Option("--lang", help="zh | en", callback=_language, show_default=False)]
FROM_SYSTEM = ""
AsJson = Annotated[bool, typer.Option("--json", help="供程序读取 / for programs")]


class Stopped(Exception):
    """A command that cannot go on: code, message in both languages, exit code."""

    def __init__(self, code: str, message: Text, exit_code: int = BAD_FILE) -> None:
        super().__init__(f"{code}: {message.en}")
        self.code, self.message, self.exit_code = code, message, exit_code


def speak(text: Text, language: str) -> None:
    typer.echo(in_language(text, language))


def json_of(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, indent=2)


def print_json(data: Any) -> None:
    typer.echo(json_of(data))


def stop(stopped: Stopped, language: str) -> NoReturn:
    """The message on standard error, then out with its exit code."""
    typer.echo(f"{stopped.code}: {in_language(stopped.message, language)}", err=True)
    raise typer.Exit(stopped.exit_code)
