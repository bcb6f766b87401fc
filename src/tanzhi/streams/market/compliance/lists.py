"""The lists of compliance: where each plant stands, what is disclosed, surrenders."""

from __future__ import annotations

from typing import Any

from tanzhi.presentation.lists.listing import Filter, ListColumn, Listing, state_filter
from tanzhi.rulebook.allocation.compliance import STANDINGS as WORDS
from tanzhi.rulebook.kernel.text import Text
from tanzhi.streams.market.ledger.lists import TONNES

from .work import SURRENDERED

STANDING_TONE = {"met": "ok", "late": "due", "overdue": "late", "open": "due", "undetermined": "info"}


def years_lacking(row: Any) -> str:
    """Years of a plant's membership that are not allocated yet."""
    return "、".join(map(str, row.lacking))


STANDINGS = Listing(
    "registry.standings",
    title=Text("各企业履约", "Plants"),
    noun=Text("家企业", "plants"),
    search=lambda rows, words: [row for row in rows if words in row.name.zh or words.lower() in row.name.en.lower()],
    columns=(
        ListColumn("code", Text("代码", "Code"), value="organisation.code", sort="code"),
        ListColumn("name", Text("企业", "Plant"), sort="name"),
        ListColumn(
            "obligation",
            Text("应清缴", "Owed"),
            value="compliance.obligation",
            kind="number",
            sort="obligation",
            unit=TONNES,
        ),
        ListColumn(
            "allocated", Text("已发放", "Issued"), value="allocated", kind="number", sort="allocated", unit=TONNES
        ),
        ListColumn(
            "surrendered",
            Text("已清缴", "Surrendered"),
            value="compliance.surrendered",
            kind="number",
            sort="surrendered",
            unit=TONNES,
        ),
        ListColumn(
            "credits",
            Text("其中 CCER", "Of these CCER"),
            value="compliance.credits",
            kind="number",
            sort="credits",
            unit=TONNES,
        ),
        ListColumn(
            "remaining",
            Text("尚欠", "Still owed"),
            value="compliance.remaining",
            kind="number",
            sort="remaining",
            unit=TONNES,
        ),
        ListColumn(
            "held", Text("现持有配额", "Allowances held"), value="holding", kind="number", sort="holding", unit=TONNES
        ),
        ListColumn(
            "balance",
            Text("盈余（负为缺口）", "Surplus (− gap)"),
            value="balance",
            kind="number",
            sort="balance",
            unit=TONNES,
        ),
        ListColumn("met_on", Text("足额清缴日", "Met on"), value="compliance.met_on", kind="date", sort="met_on"),
        ListColumn(
            "standing",
            Text("状态", "Standing"),
            value="compliance.standing",
            kind="state",
            sort="standing",
            words=WORDS,
            tone=lambda row: STANDING_TONE[row.compliance.standing],
        ),
        ListColumn("lacking", Text("尚未核定的年度", "Years not determined"), value=years_lacking),
    ),
    filters=(
        Filter(
            "standing",
            Text("状态", "Standing"),
            WORDS,
            where=lambda rows, code: [r for r in rows if r.compliance.standing == code],
        ),
    ),
    empty=Text("尚无企业：配额发放后列出", "No plant yet: they appear once allowances are issued"),
)

DISCLOSURE = Listing(
    "registry.disclosure",
    title=Text("清缴情况公开", "Surrender, as disclosed"),
    noun=Text("家企业", "plants"),
    search=lambda rows, words: [row for row in rows if words in row.name.zh or words.lower() in row.name.en.lower()],
    columns=(
        ListColumn("name", Text("企业", "Plant"), sort="name"),
        ListColumn("region", Text("地区", "Region"), value="organisation.region.name", sort="region"),
        ListColumn(
            "standing",
            Text("清缴状态", "Standing"),
            value="compliance.standing",
            kind="state",
            sort="standing",
            words=WORDS,
            tone=lambda row: STANDING_TONE[row.compliance.standing],
        ),
        ListColumn("met_on", Text("足额清缴日", "Met on"), value="compliance.met_on", kind="date", sort="met_on"),
    ),
    empty=Text("尚无应清缴企业", "No plant owes anything yet"),
)

SURRENDERS = Listing(
    "registry.surrenders",
    title=Text("清缴申请", "Surrenders"),
    noun=Text("份", "surrenders"),
    prefix="s-",
    columns=(
        ListColumn(
            "who",
            Text("企业", "Plant"),
            value="account.organisation.name",
            kind="link",
            link=lambda row: row.get_absolute_url(),
        ),
        ListColumn("allowances", Text("配额", "Allowances"), kind="number", unit=TONNES),
        ListColumn("credits", Text("CCER", "CCER"), kind="number", unit=TONNES),
        ListColumn("asked", Text("申请", "Requested"), value="asked_at", kind="date", sort="asked_at"),
        ListColumn("on", Text("确认", "Confirmed"), kind="date", sort="on"),
        ListColumn(
            "state",
            Text("状态", "State"),
            kind="state",
            words=SURRENDERED.words,
            sort="state",
            tone=SURRENDERED.tones,
        ),
    ),
    filters=(state_filter(SURRENDERED.words),),
    empty=Text("尚无清缴申请", "Nothing was handed in yet"),
)
