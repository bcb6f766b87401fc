"""Papers of an application: what they may be and how large, told by their content and not by their name."""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING

from django.conf import settings

from tanzhi.actions.refusal import Refused, refused
from tanzhi.rulebook.kernel.text import Text, same

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .inputs import PaperInput

MOST_PAPERS = 5
BEGINNINGS = {b"%PDF-": "application/pdf", b"\xff\xd8\xff": "image/jpeg", b"\x89PNG\r\n\x1a\n": "image/png"}
"""How a file of each kind begins."""


def largest() -> int:
    """The largest paper in bytes, as the installation has it."""
    return int(settings.TANZHI_PAPER_MEGABYTES) * 2**20


def largest_request() -> int:
    """The largest form that is read at all: so many papers, and room for the rest of it."""
    return MOST_PAPERS * largest() + 2**20


def too_large() -> Refused:
    message = Text("文件过大：每份至多 {n} MB，至多 {m} 份", "too large: at most {n} MB each, and {m} files")
    return Refused("APP-SIZE", message.format(n=largest() // 2**20, m=MOST_PAPERS), 413)


def refuse_length(stated: str) -> None:
    """By what a request says of its length in bytes, before anything of it is read; blank is no length at all."""
    if stated and not (stated.isascii() and stated.isdigit()):
        expected = Text("请求头 Content-Length 为整数字节数", "the header Content-Length to be a whole number of bytes")
        raise refused("APP-LENGTH", "Content-Length", stated[:40], expected, 400)
    most = largest_request()
    if len(stated.lstrip("0")) > len(str(most)) or int(stated or 0) > most:
        raise too_large()


def encoded(content: bytes) -> str:
    return base64.b64encode(content).decode()


def decoded(content: str) -> bytes:
    return base64.b64decode(content)


def checked(papers: Iterable[PaperInput]) -> list[tuple[str, str, bytes]]:
    """Each paper's name, kind and content; refused by name where it is no paper of ours or too large."""
    rows = []
    for paper in papers:
        try:
            content = base64.b64decode(paper.content, validate=True)
        except (binascii.Error, ValueError):
            content = b""
        if len(content) > largest():
            raise too_large()
        kind = next((kind for begin, kind in BEGINNINGS.items() if content.startswith(begin)), "")
        if not kind:
            expected = Text("{name} 为 PDF、JPG 或 PNG 文件", "{name} to be a PDF, JPG or PNG file")
            raise refused(
                "APP-TYPE", "papers", Text("其他内容", "something else"), expected.format(name=same(paper.name))
            )
        rows.append((paper.name, kind, content))
    if len(rows) > MOST_PAPERS:
        raise too_large()
    return rows
