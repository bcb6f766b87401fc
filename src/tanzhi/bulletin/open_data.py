"""Every figure that was published, edition by edition, as it was printed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tanzhi.actions.references import reference
from tanzhi.actions.visibility import PUBLIC as EVERYBODY
from tanzhi.presentation.open_data.data_set import (
    DAY,
    DECIMAL,
    MOMENT,
    WHOLE,
    DataColumn,
    DataSet,
    PublicRow,
    names,
    register,
)
from tanzhi.rulebook.kernel.states import STATES
from tanzhi.rulebook.kernel.text import Text

from .content import PrintedLine
from .models import PUBLISHED, SUPERSEDED, Edition

EDITION = Text("已发布的发布稿", "the edition that was published")
STANDINGS = {PUBLISHED: Text("已发布", "published"), SUPERSEDED: Text("已由新版取代", "superseded")}


def statements() -> Iterator[PublicRow]:
    editions = Edition.objects.visible_to(EVERYBODY).select_related("region")
    for edition in editions.order_by("region__code", "period", "number"):
        content = edition.content
        of_edition = {
            "province": edition.region.code,
            "edition_period": edition.period,
            "edition_number": edition.number,
            "edition_state": edition.state,
            "published_at": edition.published_at,
            "release": content.release,
            "log_size": content.basis.size,
            "log_root": content.basis.root,
            "digest": edition.digest,
        }
        english = "en" in content.languages
        for row in content.rows:
            for line in row.lines:
                title = {"title_zh": line.title.zh, "title_en": line.title.en if english else ""}
                yield PublicRow(reference(edition), {**of_edition, "row": row.number, **title, **statement(line)})


def statement(line: PrintedLine) -> dict[str, object]:
    """A printed line as the columns of a figure."""
    is_day = line.unit == "date" and line.written is not None
    return {
        "figure": line.code,
        "period": line.period,
        "narrowed": line.name[1],
        "value": line.value,
        "day": date.fromisoformat(line.written or "") if is_day else None,
        "unit": line.unit,
        "state": line.state,
        "reservations": " ".join(dict.fromkeys(mark.kind for mark in line.marks)),
    }


register(
    DataSet(
        "figures",
        Text("发布数据", "Published figures"),
        Text(
            "每期发布稿的每个数，与发布时一致；被新版取代的也保留",
            "Each figure of each edition, as it was published; superseded editions are kept",
        ),
        Text("发布稿经两人签发后公开", "two people published the edition"),
        (
            DataColumn("province", Text("省份代码", "Code of the province"), source=EDITION),
            DataColumn("edition_period", Text("发布稿期间", "Period of the edition"), source=EDITION),
            DataColumn("edition_number", Text("版次", "Edition"), WHOLE, source=EDITION),
            DataColumn("edition_state", Text("发布稿状态", "State of the edition"), codes=STANDINGS),
            DataColumn("published_at", Text("签发时间", "Signed at"), MOMENT, source=EDITION),
            DataColumn("row", Text("行号", "Row"), WHOLE, source=EDITION),
            DataColumn("figure", Text("数据代码", "Code of the figure"), source=EDITION),
            *names("title", Text("数据名称", "Figure"), EDITION),
            DataColumn("period", Text("数据期间", "Period of the figure"), source=EDITION),
            DataColumn("narrowed", Text("限定条件", "What it is narrowed to"), source=EDITION),
            DataColumn("value", Text("数值", "Value"), DECIMAL, source=EDITION),
            DataColumn("day", Text("日期（答案为日期时）", "Day, where the answer is one"), DAY, source=EDITION),
            DataColumn("unit", Text("单位代码", "Code of the unit"), source=EDITION),
            DataColumn("state", Text("状态", "State"), source=EDITION, codes=STATES),
            DataColumn("reservations", Text("保留标记，以空格分隔", "Reservations, by spaces"), source=EDITION),
            DataColumn("release", Text("规则版本", "Release of the rules"), source=EDITION),
            DataColumn("log_size", Text("存证树头：条数", "Evidence head: entries"), WHOLE, source=EDITION),
            DataColumn("log_root", Text("存证树头：根", "Evidence head: root"), source=EDITION),
            DataColumn("digest", Text("发布稿摘要（SHA-256）", "Digest of the edition (SHA-256)"), source=EDITION),
        ),
        statements,
        ("bulletin.publish",),
    ),
    10,
)
