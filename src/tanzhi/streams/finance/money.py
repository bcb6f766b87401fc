"""Money: filed in 10^4 yuan (万元), kept as whole fen, told in yuan; slips of magnitude are refused."""

from __future__ import annotations

from decimal import Decimal, localcontext

from tanzhi.actions.refusal import refused
from tanzhi.figures.amounts import grouped
from tanzhi.rulebook.kernel.rounding import EXACT, plain
from tanzhi.rulebook.kernel.text import Text

FEN = 1_000_000
"""Fen in 10^4 yuan."""
WAN = Text("万元", "10⁴ yuan")


_FEN = Text("{label}以万元填报，最多六位小数（到分）", "{label} is in 10⁴ yuan, to the fen")


def fen_of(wan: Decimal, field: str, label: Text) -> int:
    """10^4 yuan as whole fen; a part of a fen is refused (FIN-19)."""
    with localcontext(EXACT):
        fen = wan * FEN
    if fen != fen.to_integral_value():
        raise refused("FIN-19", field, plain(wan), _FEN.format(label=label))
    return int(fen)


def wan_of(fen: int) -> Decimal:
    """Whole fen as 10^4 yuan, exactly."""
    return Decimal(fen).scaleb(-6).normalize() + 0


def yuan_of(fen: int) -> Decimal:
    """Whole fen as yuan; 12,300 and not 12,300.00 where there are no fen."""
    yuan = Decimal(fen).scaleb(-2)
    return yuan.quantize(Decimal(1)) if fen % 100 == 0 else yuan


def written(fen: int) -> str:
    """For a sentence: 13,200 or 0.5, in 10^4 yuan."""
    return grouped(wan_of(fen))
