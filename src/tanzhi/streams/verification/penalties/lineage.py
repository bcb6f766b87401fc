"""`verification.fine:…`: the range of a fine and its surcharge down to article, facts and evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tanzhi.actions import clock
from tanzhi.figures.calculated import Calculation
from tanzhi.figures.entry_nodes import entries_of
from tanzhi.figures.lineage import explains
from tanzhi.figures.nodes import Fact, LineageNode
from tanzhi.figures.records import record_of
from tanzhi.law.evaluation import evaluate
from tanzhi.rulebook.kernel.text import Text, same
from tanzhi.rulebook.penalties import penalties

from .acts import money
from .fines import balance_of, day_of_law, record_of_facts
from .model import Penalty

if TYPE_CHECKING:
    from tanzhi.figures.questions import Ref

FINE, SURCHARGE = "verification.fine", "verification.surcharge"


@explains("verification.penalty")
def penalty(ref: Ref) -> LineageNode:
    """A case with its state and its entries; for whoever may see it."""
    case = record_of(Penalty.objects.select_related("organisation"), ref)
    facts = (
        Fact(Text("违法行为", "Offence"), case.offence_label),
        Fact(Text("状态", "State"), case.state_label),
        Fact(Text("查明的事实", "Facts"), same(case.facts or "—"), case.get_absolute_url()),
    )
    return LineageNode(ref=str(ref), label=case.name, value=None, facts=facts, parts=entries_of(case))


@explains(FINE, of="verification.Penalty")
def fine(ref: Ref) -> Calculation:
    """The range by the law that applies (`day_of_law`); its facts lead to the case's entries."""
    case = record_of(Penalty.objects.select_related("organisation"), ref)
    root = evaluate(penalties, day_of_law(case, clock.today()), record_of_facts(case))
    facts = (Fact(Text("查明的事实", "Facts"), same(case.facts or "—"), case.get_absolute_url()),)
    return Calculation(root, lambda _path: facts, lambda _path: entries_of(case), name="least_fine")


@explains(SURCHARGE, of="verification.Penalty")
def surcharge(ref: Ref) -> Calculation:
    """What late payment adds until today."""
    case = record_of(Penalty.objects.select_related("organisation"), ref)
    agreed = tuple(
        Fact(Text("批准的缴纳日期", "Day agreed"), same(f"{part.last_day.isoformat()} {money(part.amount)}"), page)
        for page in [case.get_absolute_url()]
        for part in case.payment_plan
    )
    root = balance_of(case, clock.today()).node
    if root is None:
        root = evaluate(penalties, case.delivered_on or clock.today(), {"fine": case.fine, "delays": []})
    return Calculation(root, lambda _path: agreed, lambda _path: entries_of(case), name="surcharge")
