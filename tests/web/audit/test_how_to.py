"""docs/how-to/auditor.md and .zh.md, followed: who did what, the receipt of it, and whether the log holds it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from tanzhi.actions.registry import perform
from tanzhi.evidence.models import Entry
from tanzhi.evidence.sealer import seal_all
from tanzhi.organisations.people.roles import actor_of
from tests import factories
from tests.how_to import Guide

if TYPE_CHECKING:
    from tanzhi.actions.actor import Actor
    from tests.factories import World


@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_auditor_goes_by_the_page(language: str, world: World, officer: Actor) -> None:
    perform("organisations.rename", officer, world.plant, {"zh": "新名", "en": "New name", "since": "2024-01-01"})
    seal_all()
    entry = Entry.objects.filter(kind="organisations.rename").latest("pk")
    receipt = reverse("evidence:receipt", args=[entry.number])
    guide = Guide("auditor", language)
    auditor = guide.reader(actor_of(factories.person("watch", ("auditor", world.authority))))
    guide.section("谁办了什么", "Who did what")
    auditor.step(
        "点“办理记录”，按业务、角色、月份或姓名“筛选”；Excel、CSV 导出全部结果。",
        "“Activity record”; narrow by area, role, month or name, “Apply”; Excel and CSV hold all that was found.",
        {"筛选": {"业务|Area of work": "单位与人员|Organisations and people"}},
        opens=receipt,
    )
    guide.section("回执", "A receipt")
    auditor.step("每行的回执打开封存的条目；“下载回执”。", "The receipt of a line opens the sealed entry; “Download”.")
    content = auditor.client.get(auditor.address).content
    auditor.open(receipt)
    auditor.step(
        "“验证回执”，选下载的文件，“验证”：显示在存证中的位置，改过的文件查得出。",
        "“Verify a receipt”, choose the file, “Verify”: where it stands in the log; a changed file is found out.",
        {"验证": {"回执（JSON）|Receipt (JSON)": ("receipt.json", content)}},
    )
    auditor.reads("有效", "Valid")
    guide.section("存证日志", "The log")
    auditor.step(
        "点“存证”，记下条数和树头；以后凭它用“树头比对脚本”离线核对。",
        "“Evidence”: keep the number of entries and the root; by them “Compare two heads” checks offline, later.",
    )
    auditor.open("/")
    guide.section("数据从哪里来", "Where data come from")
    auditor.step("点“存证情况”，看各单位各月存证。", "“Deposits” shows every unit's months.")
    auditor.step("点“核查”，看各年度核查及结论。", "“Verification” shows each year's verifications and conclusions.")
    guide.end()
