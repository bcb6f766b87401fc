"""The list of organisations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse

from tanzhi.actions import clock
from tanzhi.organisations.sectors import sector_name
from tanzhi.presentation.lists.listing import Filter, ListColumn, Listing
from tanzhi.rulebook.kernel.text import Text

from .filters import region_filter
from .model import Organisation, names_of
from .queries import KINDS, key_units

if TYPE_CHECKING:
    pass

LISTED = Text("重点排放单位", "Key emission unit")
STATES = {
    "active": Text("存续", "Active"),
    "merged": Text("已并入", "Merged"),
    "closed": Text("已关闭", "Closed"),
}


def _named(rows: list[Any]) -> None:
    """Names and listings of a page's organisations, with one query each."""
    today = clock.today()
    names = names_of(rows, today)
    listed = set(key_units(today).filter(pk__in=[row.pk for row in rows]).values_list("pk", flat=True))
    for row in rows:
        row.called = names.get(row.pk, Text(row.code, row.code))
        row.listed = LISTED if row.pk in listed else None


def sector_of(row: Organisation) -> Text | None:
    """The industry by its name; an authority or a bank has none."""
    return sector_name(row.sector) if row.sector else None


ORGANISATIONS = Listing(
    "organisations.list",
    title=Text("单位", "Organisations"),
    noun=Text("家", "organisations"),
    hint=Text("代码或名称，含曾用名", "Code or name, former ones too"),
    columns=(
        ListColumn("code", Text("代码", "Code"), sort="code"),
        ListColumn(
            "name",
            Text("名称", "Name"),
            value=lambda row: row.called,
            kind="link",
            link=lambda row: reverse("organisations:detail", args=[row.pk]),
        ),
        ListColumn("kind", Text("类别", "Kind"), sort="kind", words=KINDS),
        ListColumn("sector", Text("行业", "Sector"), value=sector_of, sort="sector"),
        ListColumn("region", Text("地区", "Region"), value="region.name", sort="region__path"),
        ListColumn("listed", Text("名录", "List"), kind="state", tone=lambda _row: "ok"),
        ListColumn(
            "state",
            Text("状态", "State"),
            kind="state",
            sort="state",
            words=STATES,
            tone={"active": "", "closed": "due", "merged": "due"},
        ),
    ),
    filters=(
        Filter("kind", Text("类别", "Kind"), KINDS),
        region_filter(),
        Filter(
            "listed",
            Text("名录", "List"),
            {"yes": LISTED, "no": Text("未列入", "Not listed")},
            lambda rows, code: (rows.filter if code == "yes" else rows.exclude)(
                pk__in=key_units(clock.today()).values("pk")
            ),
        ),
    ),
    search=lambda rows, words: rows.filter(pk__in=Organisation.objects.named(words)),
    empty=Text("没有找到。可以换个名称再找。", "None found. Try another name."),
    order="code",
    prepare=_named,
)
