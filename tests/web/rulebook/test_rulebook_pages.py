"""A guideline as a page: its checks in words, without the marks of what fills them in."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from tanzhi.web.rulebook.pages import named_in


def test_what_fills_a_check_s_words_is_named_by_its_label() -> None:
    words = {"zh": "吨耗 {rate} 低于 {low:f}（{found}）", "en": "rate {rate} below {low:f} ({found})"}
    names = {"rate": {"zh": "毛耗", "en": "Gross rate"}, "low": {"zh": "毛耗下限", "en": "Lowest rate"}}
    assert named_in(words, names) == {
        "zh": "吨耗 毛耗 低于 毛耗下限（…）",
        "en": "rate Gross rate below Lowest rate (…)",
    }


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_no_check_on_its_page_shows_a_place_to_be_filled_in(client: Client, db: None, language: str) -> None:
    client.cookies["django_language"] = language
    page = client.get("/rules/aluminium/").content.decode().split('id="checks"')[1].split("</section>")[0]
    assert page.count("ALU-") > 10
    assert re.findall(r"\{\w+\}", page) == []
