"""The last chapter: the bulletin is drafted, decided, published; the public reads it and walks every figure down."""

from __future__ import annotations

import re
from decimal import Decimal

from .people import Fill, Somebody, Tutorial
from .rows import PROVINCE
from .setting_up import Province

KNOWN_AT_LEAST = 7  # figures of the first bulletin that have a value other than nought
DEEPEST = 12


def publish(tutorial: Tutorial, province: Province) -> None:
    tutorial.chapter("发布稿", "The bulletin")
    officer, director = province.people["officer"], province.people["director"]
    months = {"省份|Province": PROVINCE, "起始月份|First month": "2026-01", "截止月份|Last month": "2026-12"}
    officer.step(
        "省级经办点“发布稿存档”，“起草发布稿”，选起止月份，附英文版。",
        "The province’s officer: “Archive”, “Draft an edition”, first and last month, with an English version.",
    )
    officer.step(
        "按“起草发布稿”，核对打开的草稿，“送签发布”。",
        "Press “Draft an edition”, read the draft that opens, “Propose for publication”.",
        {"起草发布稿": Fill(months | {"附英文版|With an English version": True})},
    )
    officer.step(
        "写签发说明，“送签发布”。",
        "Write a remark, “Propose for publication”.",
        {"送签发布": Fill({"签发说明|Remark": "各项数据已核对（示例）"})},
    )
    director.step(
        "省级负责人点“待办事项”，“审批：送签发布”，“批准”。",
        "The director: “Task list”, “Decide: Propose for publication”, “Approve”.",
    )
    public = tutorial.somebody("public")
    public.open("/")
    public.step(
        "任何人不登录，点“发布稿”，在任一数据下点“这个数从哪里来”，“往下看”。",
        "Anybody, without signing in: “Bulletin”, below any figure “Where this figure comes from”, “Walk down”.",
    )
    walk_all(public)


def walk_all(public: Somebody) -> None:
    """Every figure of the published page opens, in both languages, says the same value, and each step below it."""
    public.open("/bulletin/")
    known = 0
    for block in public.in_language("zh").xpath("//div[@class='headline'][.//a[contains(@href, '/explain/')]]"):
        whole = block.xpath(".//*[contains(@class, 'full')]") or block.xpath("./b")  # 751万吨, in full beside it
        printed = number(whole[0].text_content())
        known += printed not in (None, 0)
        [address] = {link.get("href") for link in block.iter("a") if "/explain/" in link.get("href", "")}
        for language in ("zh", "en"):
            page = public.in_language(language, address)
            assert number(page.xpath("//div[@class='headline']//b")[0].text_content()) == printed, address
        walked_down(public, address)
    assert known >= KNOWN_AT_LEAST


def walked_down(public: Somebody, address: str) -> None:
    """The first branch at each step, until nothing lies below."""
    for _ in range(DEEPEST):
        below = public.in_language("zh", address).xpath("//*[contains(@class, 'tree')]//*[@class='law']//a/@href")
        if not below:
            return
        address = below[0]
    raise AssertionError(f"the walk does not end: {address}")


def number(words: str) -> Decimal | None:
    """A value as printed, without its thin spaces and unit; none where words stand in its place."""
    printed = re.match(r"[−+]?\d[\d.]*", re.sub(r"[\s,]", "", words))
    return Decimal(printed[0].replace("−", "-")) if printed else None
