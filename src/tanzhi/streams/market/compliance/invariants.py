"""What the check of the books asks of surrenders: posted as confirmed, no more than owed, units that pay."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from tanzhi.law.evaluation import day
from tanzhi.rulebook.allocation.eligibility import Offsets, credit_refused, vintage_refused
from tanzhi.rulebook.kernel.text import Text
from tanzhi.streams.market.allocation.model import AllocationLine
from tanzhi.streams.market.ledger.check import BROKEN, LedgerFault, invariant
from tanzhi.streams.market.ledger.invariants import INVARIANTS, ON_HOLD, Invariant
from tanzhi.streams.market.ledger.model import ALLOWANCE, Account, Transfer

from .model import Surrender
from .status import offset_limit

LIMIT = Text("清缴不超过应清缴量，CCER 不超过抵销比例", "no more is surrendered than owed, CCER at most their share")
ON_HOLD.append(
    "SELECT t.credit_id, t.unit_id, t.amount FROM registry_surrender s JOIN registry_transfer t "
    "ON t.command_id = s.reserved_id WHERE s.state = 'requested'"
)
INVARIANTS.append(
    Invariant(
        "I-16",
        Text("清缴记账等于确认的清缴", "what was posted as surrendered is what was confirmed"),
        "SELECT 'surrender ' || s.id, s.account_id FROM registry_surrender s LEFT JOIN (SELECT t.command_id, "
        "sum(CASE WHEN u.kind = 'CEA' THEN t.amount ELSE 0 END) AS allowances, "
        "sum(CASE WHEN u.kind = 'CCER' THEN t.amount ELSE 0 END) AS credits FROM registry_transfer t "
        "JOIN registry_unitkind u ON u.id = t.unit_id GROUP BY t.command_id) p ON p.command_id = s.command_id "
        "WHERE s.state = 'confirmed' AND (coalesce(p.allowances, -1) <> s.allowances OR p.credits <> s.credits)",
    )
)


@invariant("I-16b")
def _surrendered_too_much() -> Iterator[LedgerFault]:
    """I-16: nobody surrendered more than he owed, more CCER than their share, or units that do not pay."""
    owed: dict[tuple[int, int], dict[int, int]] = defaultdict(dict)
    lines = AllocationLine.objects.filter(run__state="issued", run__stage="final").select_related("run")
    for line in lines.order_by("run_id"):
        owed[line.run.cycle_id, line.organisation_id][line.run.year] = line.obligation or 0
    totals: dict[tuple[int, int], list[int]] = defaultdict(lambda: [0, 0])
    confirmed = Surrender.objects.filter(state="confirmed").select_related("account", "cycle")
    for surrender in confirmed:
        key = surrender.cycle_id, surrender.account.organisation_id or 0
        totals[key][0] += surrender.allowances + surrender.credits
        totals[key][1] += surrender.credits
    last_years = {surrender.cycle_id: surrender.cycle.last_year for surrender in confirmed}
    for key, (total, credits_) in totals.items():
        most = sum(owed[key].values())
        if total > most or credits_ > (offset_limit(most, last_years[key[0]]) or 0):
            account = Account.objects.filter(organisation=key[1], kind="holding").values_list("pk", flat=True).first()
            yield LedgerFault("I-16b", f"cycle {key[0]}, organisation {key[1]}", BROKEN.format(claim=LIMIT), account)
    for surrender in confirmed:
        for moved in Transfer.objects.filter(command=surrender.command_id).select_related("unit"):
            unit, year = moved.unit, surrender.cycle.last_year
            if surrender.on is None:
                barred = None
            elif unit.kind == ALLOWANCE:
                opened = day("procedure.arrears_opened", on=surrender.on)
                barred = vintage_refused(unit.last_year, year, surrender.on, opened)
            else:
                law = Offsets(
                    day("procedure.new_credits_from", on=surrender.on),
                    day("procedure.old_credits_until", on=surrender.on),
                )
                barred = credit_refused(unit.registered_on, year, surrender.on, law) if unit.registered_on else None
            if barred:
                yield LedgerFault("I-16b", f"transfer {moved.pk} {unit.code}", barred, surrender.account_id)
