"""Fields that inputs of this room share, each with its name in both languages and what may be chosen."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Annotated, Any

from pydantic import Field

from tanzhi.actions import clock
from tanzhi.actions.actor import Actor, Place
from tanzhi.actions.refusal import refused
from tanzhi.actions.validation import Label
from tanzhi.organisations.register.choices import regions
from tanzhi.organisations.register.model import Organisation, names_of
from tanzhi.organisations.register.queries import organisation_by_code, region_by_code
from tanzhi.presentation.forms.fields import Attached, Choices, Help, Long
from tanzhi.rulebook.kernel.text import Text

from .codes import TOPICS

Pairs = list[tuple[str, Text]]


def authorities(_actor: Actor) -> Pairs:
    """Every authority, whatever its region: a task may be given to any of them."""
    return _named(Organisation.objects.filter(kind="authority", state="active"))


def enterprises(actor: Actor) -> Pairs:
    """Enterprises that the reader reaches."""
    return _named(Organisation.objects.filter(kind="enterprise", state="active").visible_to(actor))


def _named(rows: Iterable[Organisation]) -> Pairs:
    organisations = list(rows)
    names = names_of(organisations, clock.today())
    return [
        (organisation.code, names.get(organisation.pk, Text(organisation.code, organisation.code)))
        for organisation in organisations
    ]


Zh = Annotated[str, Field(min_length=2, max_length=300), Label("中文名称", "Chinese title")]
En = Annotated[str, Field(min_length=2, max_length=300), Label("英文名称", "English title")]
Day = Annotated[date, Label("日期", "Day")]
Words = Annotated[str, Field(min_length=2, max_length=4000), Label("说明", "Notes"), Long()]
RegionCode = Annotated[str, Field(min_length=1, max_length=12), Label("地区", "Region"), Choices(regions)]
Topic = Annotated[str, Label("专题", "Topic"), Choices(TOPICS.offered)]
Published = Annotated[bool, Label("向社会公开", "Open to the public")]
Files = Annotated[list[str], Label("附件", "Files"), Attached()]
Proofs = Annotated[
    list[str],
    Label("佐证材料", "Evidence"),
    Attached(),
    Help("文件、照片、台账或通报", "papers, photographs, ledgers or circulars"),
]
Authority = Annotated[str, Field(max_length=40), Label("单位", "Organisation"), Choices(authorities)]


def place_of_region(data: Any) -> Place:
    """Where the region lies that an input names."""
    return Place(region_path=region_by_code(data.region).path)


def authority(code: str, field: str) -> Organisation:
    """The authority with this code; other organisations lead no task."""
    organisation = organisation_by_code(code, field)
    if organisation.kind != "authority":
        raise refused("POL-AUTH", field, organisation.name, Text("主管部门", "an authority"))
    return organisation


def parted(words: str) -> list[str]:
    """Several in one cell, apart by commas or their Chinese kin."""
    return [part.strip() for part in re.split(r"[,，、;；]", words) if part.strip()]


def codes_in(words: str, known_codes: Mapping[str, Text]) -> list[str]:
    """Codes in a cell of a sheet, written as codes or in words; what is neither stays and is refused later."""
    by_word = {label: code for code, text in known_codes.items() for label in (text.zh, text.en)}
    return [by_word.get(part, part) for part in parted(words)]


def require_code(field: str, code: str, words: Mapping[str, Text]) -> None:
    """Refuse a code that the words do not hold."""
    if code not in words:
        expected = Text("、".join(text.zh for text in words.values()), ", ".join(text.en for text in words.values()))
        raise refused("POL-CODE", field, code, expected)
