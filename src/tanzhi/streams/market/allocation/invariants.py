"""What the check of the books asks of allocation: what was issued is what was approved."""

from __future__ import annotations

from tanzhi.rulebook.kernel.text import Text
from tanzhi.streams.market.ledger.invariants import INVARIANTS, Invariant

INVARIANTS.append(
    Invariant(
        "I-7",
        Text("发放等于审定", "what was issued is what was approved"),
        "SELECT 'run ' || r.id, NULL FROM registry_allocationrun r LEFT JOIN (SELECT run_id, sum(to_issue) AS total "
        "FROM registry_allocationline GROUP BY run_id) l ON l.run_id = r.id LEFT JOIN (SELECT c.key AS told, "
        "sum(CASE WHEN t.kind = 'issue' THEN t.amount ELSE -t.amount END) AS total FROM registry_command c "
        "JOIN registry_transfer t ON t.command_id = c.id GROUP BY c.key) p ON p.told = 'run:' || r.id "
        "WHERE r.state = 'issued' AND coalesce(l.total, 0) <> coalesce(p.total, 0)",
    )
)
