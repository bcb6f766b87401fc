"""The words of a registry's statement: which operation of ours one means, and whether it brings units in."""

from __future__ import annotations

KINDS: tuple[tuple[str, int, tuple[str, ...]], ...] = (
    ("opening", 1, ("期初", "结转", "opening", "carried over")),
    ("issue", 1, ("发放", "初始分配", "配额分配", "issue", "issuance")),
    ("borrow", 1, ("预支", "borrow")),
    ("surrender", -1, ("清缴", "履约", "surrender")),
    ("cancel", -1, ("注销", "cancel")),
    ("deduct", -1, ("核减", "扣减", "deduct")),
    ("return", -1, ("退回", "return")),
    ("reverse", 0, ("冲正", "更正", "reversal")),
    ("trade", 1, ("买入", "bought")),
    ("trade", -1, ("卖出", "sold")),
    ("trade", 0, ("交易", "成交", "trade")),
    ("transfer", 1, ("转入", "划入")),
    ("transfer", -1, ("转出", "划出")),
    ("transfer", 0, ("划转", "转让", "过户", "transfer")),
)
"""Our operation, whether it brings in or takes out (0: either), and what it is called: the first that fits."""
DIRECTIONS: dict[str, int] = {
    **dict.fromkeys(("转入", "收入", "增加", "买入", "入", "in", "+"), 1),
    **dict.fromkeys(("转出", "支出", "减少", "卖出", "出", "out", "-", "−"), -1),
}
BALANCES = ("期初余额", "期末余额", "上期余额", "本期余额", "余额", "承前", "opening balance", "closing balance")
"""Rows that move nothing and say what was there."""


def kind_of(words: str) -> tuple[str, int]:
    """Our operation and its direction; empty and 0 where the word leads to none."""
    lowered = words.casefold()
    return next(((kind, way) for kind, way, heads in KINDS if any(head in lowered for head in heads)), ("", 0))


def only_balance(words: str) -> bool:
    return "".join(words.split()).casefold() in {"".join(each.split()) for each in BALANCES}
