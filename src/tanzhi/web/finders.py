"""Static files that come out of installed packages, so that none of them stands in the repository."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pylopdf_fonts_zh_cn
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

FONTS = Path(pylopdf_fonts_zh_cn.__file__).parent


class PackageFinder(BaseFinder):
    """The Chinese fonts under `fonts/`."""

    def check(self, **kwargs: Any) -> list[Any]:
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        name = path.removeprefix("fonts/")
        file = FONTS / name
        there = path.startswith("fonts/") and name.endswith(".otf") and file.is_file() and file.parent == FONTS
        return ([str(file)] if find_all else str(file)) if there else []

    def list(self, ignore_patterns: Any) -> Iterator[tuple[str, FileSystemStorage]]:
        storage = FileSystemStorage(location=FONTS)
        storage.prefix = "fonts"  # type: ignore[attr-defined]  # collectstatic reads it
        for path in sorted(FONTS.glob("*.otf")):
            yield path.name, storage
