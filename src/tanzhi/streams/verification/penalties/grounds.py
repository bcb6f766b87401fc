"""Grounds of a lighter fine, one below the range, or none, by their articles (行政处罚法第三十二、三十三、五十七条)."""

from __future__ import annotations

from datetime import date

from tanzhi.actions.refusal import Refused
from tanzhi.law.evaluation import count, is_set
from tanzhi.rulebook.kernel.text import Text
from tanzhi.rulebook.penalties import GROUNDS

REDUCTION, NO_FINE = "procedure.penalty_reduction_article", "procedure.penalty_no_fine_article"
_BEARS = {
    REDUCTION: Text("从轻或者减轻处罚", "a lighter or a reduced fine"),
    NO_FINE: Text("不予处罚", "no penalty"),
}
_NAMED = Text("{ground}（行政处罚法第{article}条）", "{ground} (Law on Administrative Penalties, {article})")
_OTHER = Text("{ground}不是{bears}的情形", "“{ground}” is no ground of {bears}")
_MISSING = Text("不予处罚须选择法定情形", "where there is no penalty the ground of the law is needed")
_LEFT = Text("移送的案件不填情形", "a case that is handed over has no ground")
NOTHING = Text("无", "none")


def ground_words(ground: str, on: date) -> Text:
    """The ground with its article by the law of a day; “none” where there is none."""
    if not ground:
        return NOTHING
    if is_set(REDUCTION, on=on, ground=ground):
        return _NAMED.format(ground=GROUNDS[ground], article=count(REDUCTION, on=on, ground=ground))
    if is_set(NO_FINE, on=on, ground=ground):
        return _NAMED.format(ground=GROUNDS[ground], article=count(NO_FINE, on=on, ground=ground))
    return GROUNDS[ground]


def refuse_other_ground(ground: str, table: str, on: date) -> None:
    """Refuse a ground that the law of a day does not let bear this."""
    if ground and not is_set(table, on=on, ground=ground):
        raise Refused("PEN-GROUND", _OTHER.format(ground=ground_words(ground, on), bears=_BEARS[table]), 422)


def refuse_ending_without_ground(outcome: str, ground: str, on: date) -> None:
    """No penalty needs one of its grounds; a case that is handed over has none."""
    if outcome != "no_fine":
        if ground:
            raise Refused("PEN-GROUND-LEFT", _LEFT, 422)
        return
    if not ground:
        raise Refused("PEN-GROUND-MISSING", _MISSING, 422)
    refuse_other_ground(ground, NO_FINE, on)
