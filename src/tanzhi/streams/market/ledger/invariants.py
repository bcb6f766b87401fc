"""The invariants of the books as queries: each names the rows that break it. No code of the posting stands here.

The numbers are those of the reference sheet on ledgers, 3.7. A query gives place (account and unit, transfer, command)
and, where one is to blame, the account.
"""

from __future__ import annotations

from dataclasses import dataclass

from tanzhi.rulebook.kernel.text import Text


@dataclass(frozen=True, slots=True)
class Invariant:
    """A rule of the books: the query finds (place, account) of whatever breaks it."""

    code: str
    claim: Text
    query: str

    @property
    def sql(self) -> str:
        """The query, with whatever sets amounts aside in the place of `{on_hold}`."""
        return self.query.replace("{on_hold}", " UNION ALL ".join(ON_HOLD))


ON_HOLD = ["SELECT part_id, unit_id, amount FROM registry_hold WHERE state = 'active'"]
"""Queries of (part, unit, amount): what is set aside in an account's parts. A later feature adds its own."""


INVARIANTS = [
    Invariant(
        "I-1",
        Text("每种单位全部分录之和为零", "the entries of every unit add up to zero"),
        "SELECT u.code, NULL FROM registry_entry e JOIN registry_unitkind u ON u.id = e.unit_id "
        "GROUP BY u.code HAVING sum(e.amount) <> 0",
    ),
    Invariant(
        "I-2",
        Text("每笔转移恰有一借一贷，金额相等", "every transfer has exactly one debit and one credit of its amount"),
        "SELECT 'transfer ' || t.id, t.debit_id FROM registry_transfer t LEFT JOIN (SELECT transfer_id, count(*) AS n, "
        "sum(amount) AS total, max(amount) AS most, max(unit_id) AS high, min(unit_id) AS low, "
        "max(CASE WHEN amount > 0 THEN account_id END) AS credited, "
        "max(CASE WHEN amount < 0 THEN account_id END) AS debited "
        "FROM registry_entry GROUP BY transfer_id) e ON e.transfer_id = t.id WHERE e.n IS NULL OR e.n <> 2 "
        "OR e.total <> 0 OR e.most <> t.amount OR e.high <> t.unit_id OR e.low <> t.unit_id "
        "OR e.credited <> t.credit_id OR e.debited <> t.debit_id",
    ),
    Invariant(
        "I-2b",
        Text("每条分录属于一笔转移", "every entry belongs to a transfer"),
        "SELECT 'entry ' || e.id, e.account_id FROM registry_entry e "
        "LEFT JOIN registry_transfer t ON t.id = e.transfer_id WHERE t.id IS NULL",
    ),
    Invariant(
        "I-3",
        Text("余额等于分录之和，序号等于分录条数", "a balance is the sum of its entries, its number their count"),
        "SELECT a.number || ' ' || u.code, a.id FROM registry_balance b JOIN registry_account a ON a.id = b.account_id "
        "JOIN registry_unitkind u ON u.id = b.unit_id LEFT JOIN (SELECT account_id, unit_id, sum(amount) AS total, "
        "count(*) AS n FROM registry_entry GROUP BY account_id, unit_id) e "
        "ON e.account_id = b.account_id AND e.unit_id = b.unit_id "
        "WHERE b.amount <> coalesce(e.total, 0) OR b.seq <> coalesce(e.n, 0)",
    ),
    Invariant(
        "I-3b",
        Text("有分录即有余额", "where there are entries there is a balance"),
        "SELECT DISTINCT 'account ' || e.account_id, e.account_id FROM registry_entry e LEFT JOIN registry_balance b "
        "ON b.account_id = e.account_id AND b.unit_id = e.unit_id WHERE b.id IS NULL",
    ),
    Invariant(
        "I-4/5",
        Text("序号连续，逐笔余额相接", "numbers without a gap, every balance follows from the one before"),
        "SELECT a.number || ' ' || u.code || ' ' || w.seq, a.id FROM (SELECT account_id, unit_id, seq, amount, "
        "balance_after, lag(seq) OVER o AS seq_before, lag(balance_after) OVER o AS before FROM registry_entry "
        "WINDOW o AS (PARTITION BY account_id, unit_id ORDER BY seq)) w JOIN registry_account a ON a.id = w.account_id "
        "JOIN registry_unitkind u ON u.id = w.unit_id WHERE w.seq <> coalesce(w.seq_before, 0) + 1 "
        "OR w.balance_after <> coalesce(w.before, 0) + w.amount",
    ),
    Invariant(
        "I-6",
        Text("任何账户不低于下限", "nothing stands below its floor"),
        "SELECT a.number || ' ' || u.code, a.id FROM registry_balance b JOIN registry_account a ON a.id = b.account_id "
        "JOIN registry_unitkind u ON u.id = b.unit_id "
        "WHERE b.amount < 0 AND a.kind NOT IN ('source', 'market')",
    ),
    Invariant(
        "I-7b",
        Text(
            "来源等于在账、清缴、注销与转出之和", "what came from issuance is held, surrendered, cancelled or outside"
        ),
        "SELECT u.code, NULL FROM registry_balance b JOIN registry_account a ON a.id = b.account_id "
        "JOIN registry_unitkind u ON u.id = b.unit_id GROUP BY u.code HAVING "
        "sum(CASE WHEN a.kind IN ('holding', 'freeze', 'pledge', 'pending', 'surrender', 'cancel') "
        "THEN b.amount ELSE 0 END) "
        "<> -sum(CASE WHEN a.kind IN ('source', 'market') THEN b.amount ELSE 0 END)",
    ),
    Invariant(
        "I-8",
        Text("须两人办理的，审批人在册且非提出人", "what needs two people has an approver who is not the initiator"),
        "SELECT 'command ' || c.id, NULL FROM registry_command c WHERE c.kind IN ('issue', 'opening', 'borrow', "
        "'deduct', 'surrender', 'cancel', 'pledge') AND (c.approver IS NULL OR c.approver = c.initiator)",
    ),
    Invariant(
        "I-9",
        Text("编号段长度之和等于余额", "the serial numbers of an account add up to its balance"),
        "SELECT a.number || ' ' || u.code, a.id FROM registry_balance b JOIN registry_account a ON a.id = b.account_id "
        "JOIN registry_unitkind u ON u.id = b.unit_id LEFT JOIN (SELECT account_id, unit_id, sum(last - first + 1) "
        "AS total FROM registry_serialblock WHERE until_id IS NULL GROUP BY account_id, unit_id) s "
        "ON s.account_id = b.account_id AND s.unit_id = b.unit_id "
        "WHERE u.serialised AND a.kind <> 'source' AND b.amount <> coalesce(s.total, 0)",
    ),
    Invariant(
        "I-9b",
        Text("编号段互不重叠", "serial numbers do not overlap"),
        "SELECT u.code || ' ' || w.first, w.account_id FROM (SELECT unit_id, account_id, first, "
        "max(last) OVER (PARTITION BY unit_id ORDER BY first ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) "
        "AS before "
        "FROM registry_serialblock WHERE until_id IS NULL) w JOIN registry_unitkind u ON u.id = w.unit_id "
        "WHERE w.before >= w.first",
    ),
    Invariant(
        "I-10",
        Text("冲正与原记录相反，一笔至多一次", "a reversal mirrors its original, at most once"),
        "SELECT 'transfer ' || r.id, r.debit_id FROM registry_transfer r "
        "JOIN registry_transfer o ON o.id = r.reverses_id "
        "WHERE o.reverses_id IS NOT NULL OR r.debit_id <> o.credit_id OR r.credit_id <> o.debit_id "
        "OR r.amount <> o.amount OR r.unit_id <> o.unit_id",
    ),
    Invariant(
        "I-11",
        Text("受限余额等于生效的冻结、质押、划转与清缴申请", "what is on hold is what the holds in force say"),
        "SELECT a.number || ' ' || u.code, a.id FROM registry_balance b JOIN registry_account a ON a.id = b.account_id "
        "JOIN registry_unitkind u ON u.id = b.unit_id LEFT JOIN (SELECT part_id, unit_id, sum(amount) AS total FROM "
        "({on_hold}) h GROUP BY part_id, unit_id) h "
        "ON h.part_id = b.account_id AND h.unit_id = b.unit_id "
        "WHERE a.kind IN ('freeze', 'pledge', 'pending') AND b.amount <> coalesce(h.total, 0)",
    ),
    Invariant(
        "I-20",
        Text("账户分录的时间不倒退", "the times of an account's entries never go back"),
        "SELECT a.number || ' ' || w.seq, a.id FROM (SELECT e.account_id, e.unit_id, e.seq, t.posted_at, "
        "lag(t.posted_at) OVER (PARTITION BY e.account_id, e.unit_id ORDER BY e.seq) AS before FROM registry_entry e "
        "JOIN registry_transfer t ON t.id = e.transfer_id) w JOIN registry_account a ON a.id = w.account_id "
        "WHERE w.posted_at < w.before",
    ),
]
"""Those of the ledger; allocation and compliance add theirs when they are imported."""
CORE = ("I-1", "I-2", "I-2b", "I-3", "I-3b", "I-4/5", "I-6")
"""What is checked on every row; the target of speed is set on these."""
