"""`tanzhi explain` and `tanzhi bulletin`: what is published, and the walk down."""

from __future__ import annotations

import sys
from http import HTTPStatus
from pathlib import Path
from typing import Annotated

import typer

from tanzhi.rulebook.kernel.text import Text

from .ground import database
from .speaking import FROM_SYSTEM, NOT_THERE, AsJson, Language, Stopped, json_of, print_json

FORMATS = ("text", "json", "html", "docx", "pdf")


_NO_PERIOD = Text("请写明期间：--period 2023", "name a period: --period 2023")


def explain(
    figure: Annotated[
        str, typer.Argument(help="数据代码或引用 / code or reference, e.g. verification.reported_emission")
    ],
    *,
    period: Annotated[str, typer.Option(help="2023 | 2024H1 | 2024Q2 | 2023-06")] = "",
    region: Annotated[str, typer.Option(help="区划代码 / region code")] = "",
    depth: Annotated[int, typer.Option(min=0, help="向下几层 / levels down")] = 2,
    start: Annotated[int, typer.Option(min=0, help="从第几项起 / first part shown")] = 0,
    as_json: AsJson = False,
    language: Language = FROM_SYSTEM,
) -> None:
    """这个数从哪里来 / Walk a figure down to what it is made of."""
    with database(language):
        from tanzhi.actions.actor import Actor
        from tanzhi.figures import Question, Ref, as_text
        from tanzhi.figures import explain as walk
        from tanzhi.web.lineage.node_json import node_json

        if ":" not in figure and not period:
            raise Stopped("CLI-PERIOD", _NO_PERIOD, 2)
        ref = figure if ":" in figure else Ref("figure", figure, Question(period, region).as_words())
        node = walk(ref, Actor.platform(), depth=depth, start=start)
        if as_json:
            print_json(node_json(node))
        else:
            typer.echo(as_text(node, language), nl=False)


_NOT_PUBLISHED = Text(
    "公众看不到 {period} 的页面：尚未公布；草稿可用 --format text、json、docx、pdf 输出",
    "the public has no page of {period}: it is not published; a draft is printed by --format text, json, docx or pdf",
)


def bulletin(
    period: Annotated[str, typer.Option(help="2024H1")],
    *,
    region: Annotated[str, typer.Option(help="区划代码 / region code")] = "",
    form: Annotated[str, typer.Option("--format", help="text | json | html | docx | pdf")] = "text",
    now: Annotated[bool, typer.Option("--now", help="不取已发布版 / not as published, but of today's data")] = False,
    out: Annotated[Path | None, typer.Option(help="写入文件 / write to this file")] = None,
    language: Language = FROM_SYSTEM,
) -> None:
    """一期发布稿：已发布的取发布版 / The bulletin of a period: as published, or as a draft of today's data."""
    if form not in FORMATS:
        raise typer.BadParameter(f"{form!r}: {' | '.join(FORMATS)}")
    with database(language):
        from django.conf import settings
        from django.test import Client
        from django.urls import reverse

        from tanzhi.actions.actor import Actor
        from tanzhi.bulletin.serving import served

        if form == "html":  # as the server shows it to the public
            client = Client(headers={"host": settings.ALLOWED_HOSTS[0]})
            client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en" if language == "en" else "zh-hans"
            answer = client.get(reverse("bulletin:bulletin", args=[period]), {"region": region}, secure=True)
            if answer.status_code != HTTPStatus.OK:
                raise Stopped("CLI-PUBLISHED", _NOT_PUBLISHED.format(period=period), NOT_THERE)
            page = bytes(answer.content)
        else:
            edition = served(period, region, now, Actor.platform())
            page = (
                (json_of(edition.as_dict()) + "\n").encode()
                if form == "json"
                else edition.file({"text": "txt"}.get(form, form))
            )
        if out is None:
            sys.stdout.buffer.write(page)
        else:
            out.write_bytes(page)
