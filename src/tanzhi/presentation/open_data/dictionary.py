"""The dictionary of a data set: each column with its meaning, unit, source and decimals, as plain data."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from tanzhi.rulebook.kernel.text import Text

from .data_set import DataSet

NO_LICENCE = Text(
    "本安装未声明许可；使用前请向发布单位了解", "This installation states no licence: ask the publisher before use"
)


def licence() -> Text:
    """Under what the installation gives its data away, as it says itself."""
    zh, en = settings.TANZHI_DATA_LICENCE_ZH, settings.TANZHI_DATA_LICENCE_EN
    return Text(zh or en, en or zh) if zh or en else NO_LICENCE


def dictionary(data_set: DataSet) -> dict[str, Any]:
    """What a reader needs beside the rows; it changes only where the set or its licence does."""
    return {
        "data_set": data_set.code,
        "title": data_set.title.as_dict(),
        "about": data_set.about.as_dict(),
        "grounds": data_set.grounds.as_dict(),
        "licence": licence().as_dict(),
        "columns": [
            {
                "name": column.name,
                "meaning": column.meaning.as_dict(),
                "kind": column.kind,
                "unit": column.unit.as_dict() if column.unit else None,
                "decimals": column.decimals,
                "source": column.source.as_dict() if column.source else None,
                "codes": {code: words.as_dict() for code, words in column.codes.items()},
            }
            for column in data_set.columns
        ],
    }
