"""Every address of the pages and reads, with what stands there, read from the rooms' own address tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from docs.markdown import NOTICE, code, table

PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")


def _named(found: re.Match[str]) -> str:
    """`<int:pk>` as `{pk}`, as the API writes it."""
    return f"{{{found[1]}}}"


def page() -> str:
    rows = [
        (code(f"/{PARAMETER.sub(_named, path)}"), code(name), _meaning(view))
        for path, name, view in sorted(addresses())
    ]
    parts = [
        "# Addresses 网址",
        NOTICE,
        "The API has its own description at `/api/openapi.json`; every action is `POST /api/actions/<name>`.",
        table(["Address", "Name", "What stands there"], rows),
    ]
    return "\n\n".join(part.strip() for part in parts) + "\n"


def addresses() -> list[tuple[str, str, Any]]:
    from django.urls import get_resolver

    return list(_below(get_resolver().url_patterns, "", ""))


def _below(patterns: list[Any], before: str, space: str) -> Iterator[tuple[str, str, Any]]:
    from django.urls import URLResolver

    for one in patterns:
        path = f"{before}{one.pattern}"
        if isinstance(one, URLResolver):
            if one.namespace != "api":
                yield from _below(one.url_patterns, path, f"{one.namespace}:" if one.namespace else space)
        elif one.name:
            yield path, f"{space}{one.name}", one.callback


def _meaning(view: Any) -> str:
    """The first line of what the page's function says of itself, where it is ours."""
    ours = getattr(view, "__module__", "").startswith("tanzhi.")
    return (view.__doc__ or "").strip().splitlines()[0] if ours and view.__doc__ else ""
