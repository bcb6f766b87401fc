"""The ledger's triggers on SQLite, row by row; there is one writer at a time, so transfers come in the order of ids."""

from __future__ import annotations

from collections.abc import Iterator

from .tables import ACCOUNT, BLOCK, KEPT


def statements() -> Iterator[str]:
    for table in KEPT:
        for act in ("UPDATE", "DELETE"):
            yield _refuse(f"{table}_kept_{act.lower()}", f"{act} ON {table}", "", "REG-KEPT")
    yield from _transfer()
    # Balances and entries are believed only where a transfer that was not posted yet explains them.
    explained = (
        "NEW.account_id = OLD.account_id AND NEW.unit_id = OLD.unit_id AND NEW.floor IS OLD.floor "
        "AND NEW.seq = OLD.seq + 1 AND NEW.last_transfer > OLD.last_transfer AND EXISTS (SELECT 1 "
        "FROM registry_transfer t WHERE t.id = NEW.last_transfer AND t.unit_id = NEW.unit_id "
        "AND ((t.debit_id = NEW.account_id AND NEW.amount = OLD.amount - t.amount) "
        "OR (t.credit_id = NEW.account_id AND NEW.amount = OLD.amount + t.amount)))"
    )
    yield _refuse("registry_balance_moved", "UPDATE ON registry_balance", f"NOT ({explained})", "REG-UNPOSTED")
    empty = "NEW.amount = 0 AND NEW.seq = 0 AND NEW.last_transfer = 0"
    yield _refuse("registry_balance_empty", "INSERT ON registry_balance", f"NOT ({empty})", "REG-UNPOSTED")
    yield _refuse("registry_balance_kept", "DELETE ON registry_balance", "", "REG-KEPT")
    last = (
        "EXISTS (SELECT 1 FROM registry_balance b WHERE b.account_id = NEW.account_id AND b.unit_id = NEW.unit_id "
        "AND b.seq = NEW.seq AND b.amount = NEW.balance_after AND b.last_transfer = NEW.transfer_id)"
    )
    yield _refuse("registry_entry_posted", "INSERT ON registry_entry", f"NOT {last}", "REG-UNPOSTED")
    yield from _frozen("registry_account", ACCOUNT)
    yield from _frozen("registry_serialblock", BLOCK, "(OLD.until_id IS NOT NULL AND OLD.until_id IS NOT NEW.until_id)")
    overlap = (
        "EXISTS (SELECT 1 FROM registry_serialblock b WHERE b.unit_id = NEW.unit_id AND b.until_id IS NULL "
        "AND b.first <= NEW.last AND b.last >= NEW.first)"
    )
    yield _refuse("registry_serialblock_disjoint", "INSERT ON registry_serialblock", overlap, "REG-BLOCK")


def _refuse(name: str, event: str, when: str, code: str) -> str:
    condition = f"WHEN {when} " if when else ""
    return f"CREATE TRIGGER {name} BEFORE {event} {condition}BEGIN SELECT RAISE(ABORT, '{code}'); END"


def _frozen(table: str, columns: tuple[str, ...], more: str = "") -> Iterator[str]:
    changed = " OR ".join([*(f"OLD.{c} IS NOT NEW.{c}" for c in columns), *([more] if more else [])])
    yield _refuse(f"{table}_frozen", f"UPDATE ON {table}", changed, "REG-KEPT")
    yield _refuse(f"{table}_kept", f"DELETE ON {table}", "", "REG-KEPT")


def _transfer() -> Iterator[str]:
    """What a transfer must be, and what follows from it."""
    closed = (
        "EXISTS (SELECT 1 FROM registry_account a WHERE (a.id = NEW.debit_id AND a.state <> 'open') "
        "OR (a.id = NEW.credit_id AND a.state = 'closed'))"
    )
    yield _refuse("registry_transfer_open", "INSERT ON registry_transfer", closed, "REG-CLOSED")
    mirrored = (
        "NEW.reverses_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM registry_transfer o WHERE o.id = NEW.reverses_id "
        "AND o.reverses_id IS NULL AND o.unit_id = NEW.unit_id AND o.amount = NEW.amount "
        "AND o.debit_id = NEW.credit_id AND o.credit_id = NEW.debit_id)"
    )
    yield _refuse("registry_transfer_mirror", "INSERT ON registry_transfer", mirrored, "REG-MIRROR")
    earlier = (
        "EXISTS (SELECT 1 FROM registry_balance b WHERE b.unit_id = NEW.unit_id "
        "AND b.account_id IN (NEW.debit_id, NEW.credit_id) AND b.last_at > NEW.posted_at)"
    )
    yield _refuse("registry_transfer_later", "INSERT ON registry_transfer", earlier, "REG-TIME")
    yield f"CREATE TRIGGER registry_transfer_posts AFTER INSERT ON registry_transfer BEGIN {_POSTING} END"


_MOVED = "seq = seq + 1, last_transfer = NEW.id, last_at = NEW.posted_at WHERE unit_id = NEW.unit_id AND account_id ="
_POSTING = f"""
INSERT INTO registry_balance (account_id, unit_id, amount, seq, floor, last_transfer, last_at)
SELECT a.id, NEW.unit_id, 0, 0, a.floor, 0, NULL FROM registry_account a WHERE a.id IN (NEW.debit_id, NEW.credit_id)
AND NOT EXISTS (SELECT 1 FROM registry_balance b WHERE b.account_id = a.id AND b.unit_id = NEW.unit_id);
UPDATE registry_balance SET amount = amount - NEW.amount, {_MOVED} NEW.debit_id;
UPDATE registry_balance SET amount = amount + NEW.amount, {_MOVED} NEW.credit_id;
INSERT INTO registry_entry (account_id, unit_id, seq, transfer_id, amount, balance_after, floor)
SELECT account_id, unit_id, seq, NEW.id, CASE account_id WHEN NEW.debit_id THEN -NEW.amount ELSE NEW.amount END,
amount, floor FROM registry_balance WHERE unit_id = NEW.unit_id AND account_id IN (NEW.debit_id, NEW.credit_id);
"""  # noqa: S608  # no value of a user stands in it
