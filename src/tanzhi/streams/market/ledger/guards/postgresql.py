"""The triggers on PostgreSQL: a whole statement of transfers is posted at once, its balances locked in order."""

from __future__ import annotations

from collections.abc import Iterator

from .tables import ACCOUNT, BLOCK, KEPT


def statements() -> Iterator[str]:
    yield from (_REFUSE, _POST, _ENTRIES, _DISJOINT)
    for table in KEPT:
        yield _refuse(f"{table}_kept", "BEFORE UPDATE OR DELETE", table, "FOR EACH ROW", "REG-KEPT")
    posted = "INSERT OR UPDATE OR DELETE"
    for table, events in (("registry_entry", "INSERT"), ("registry_balance", posted)):
        condition = "FOR EACH STATEMENT WHEN (pg_trigger_depth() = 0)"
        yield _refuse(f"{table}_posted", f"BEFORE {events}", table, condition, "REG-UNPOSTED")
    yield from _frozen("registry_account", ACCOUNT)
    closed = "(OLD.until_id IS NOT NULL AND OLD.until_id IS DISTINCT FROM NEW.until_id)"
    yield from _frozen("registry_serialblock", BLOCK, closed)
    yield (
        "CREATE TRIGGER registry_transfer_posts AFTER INSERT ON registry_transfer REFERENCING NEW TABLE AS n "
        "FOR EACH STATEMENT EXECUTE FUNCTION registry_entries()"
    )
    yield (
        "CREATE TRIGGER registry_serialblock_disjoint BEFORE INSERT ON registry_serialblock "
        "FOR EACH ROW EXECUTE FUNCTION registry_disjoint()"
    )


def _refuse(name: str, event: str, table: str, condition: str, code: str) -> str:
    return f"CREATE TRIGGER {name} {event} ON {table} {condition} EXECUTE FUNCTION registry_refuse('{code}')"


def _frozen(table: str, columns: tuple[str, ...], more: str = "") -> Iterator[str]:
    changed = " OR ".join([*(f"OLD.{c} IS DISTINCT FROM NEW.{c}" for c in columns), *([more] if more else [])])
    yield _refuse(f"{table}_frozen", "BEFORE UPDATE", table, f"FOR EACH ROW WHEN ({changed})", "REG-KEPT")
    yield _refuse(f"{table}_kept", "BEFORE DELETE", table, "FOR EACH ROW", "REG-KEPT")


_REFUSE = """
CREATE FUNCTION registry_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '%', TG_ARGV[0]; END $$
"""

# Locks first, then the time: an account's entries stand in the order of their times.
_POST = """
CREATE FUNCTION registry_post(
    p_key text, p_kind text, p_payload text, p_hash text, p_initiator bigint, p_approver bigint, p_at timestamptz,
    p_day date, p_kinds text[], p_units bigint[], p_debits bigint[], p_credits bigint[], p_amounts bigint[],
    p_reverses bigint[]) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE command bigint; moment timestamptz;
BEGIN
    INSERT INTO registry_command (key, kind, payload, payload_hash, initiator, approver, at, business_date)
    VALUES (p_key, p_kind, p_payload, p_hash, p_initiator, p_approver, p_at, p_day) RETURNING id INTO command;
    SELECT greatest(p_at, max(locked.last_at)) INTO moment FROM (
        SELECT b.last_at FROM registry_balance b
        JOIN (SELECT unnest(p_debits) AS a, unnest(p_units) AS u UNION SELECT unnest(p_credits), unnest(p_units)) k
        ON b.account_id = k.a AND b.unit_id = k.u
        ORDER BY b.account_id, b.unit_id FOR NO KEY UPDATE OF b) locked;
    INSERT INTO registry_transfer
        (command_id, kind, unit_id, debit_id, credit_id, amount, reverses_id, business_date, posted_at)
    SELECT command, l.kind, l.unit, l.debit, l.credit, l.amount, l.reverses, p_day, moment
    FROM unnest(p_kinds, p_units, p_debits, p_credits, p_amounts, p_reverses) WITH ORDINALITY
        AS l(kind, unit, debit, credit, amount, reverses, place) ORDER BY l.place;
    RETURN command;
END $$
"""

_ENTRIES = """
CREATE FUNCTION registry_entries() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM n JOIN registry_account a ON a.id = n.debit_id WHERE a.state <> 'open')
    OR EXISTS (SELECT 1 FROM n JOIN registry_account a ON a.id = n.credit_id WHERE a.state = 'closed') THEN
        RAISE EXCEPTION 'REG-CLOSED';
    END IF;
    IF EXISTS (SELECT 1 FROM n JOIN registry_transfer o ON o.id = n.reverses_id WHERE o.reverses_id IS NOT NULL
        OR (o.unit_id, o.debit_id, o.credit_id, o.amount)
            IS DISTINCT FROM (n.unit_id, n.credit_id, n.debit_id, n.amount))
    THEN RAISE EXCEPTION 'REG-MIRROR'; END IF;
    INSERT INTO registry_balance (account_id, unit_id, amount, seq, floor, last_transfer, last_at)
    SELECT k.account_id, k.unit_id, 0, 0, a.floor, 0, NULL
    FROM (SELECT debit_id AS account_id, unit_id FROM n UNION SELECT credit_id, unit_id FROM n) k
    JOIN registry_account a ON a.id = k.account_id
    WHERE NOT EXISTS (SELECT 1 FROM registry_balance b WHERE b.account_id = k.account_id AND b.unit_id = k.unit_id)
    ON CONFLICT (account_id, unit_id) DO NOTHING;
    PERFORM 1 FROM registry_balance b
    JOIN (SELECT debit_id AS account_id, unit_id FROM n UNION SELECT credit_id, unit_id FROM n) k
    ON b.account_id = k.account_id AND b.unit_id = k.unit_id
    ORDER BY b.account_id, b.unit_id FOR NO KEY UPDATE OF b;
    IF EXISTS (SELECT 1 FROM n JOIN registry_balance b ON b.unit_id = n.unit_id
        AND b.account_id IN (n.debit_id, n.credit_id) WHERE b.last_at > n.posted_at)
    THEN RAISE EXCEPTION 'REG-TIME'; END IF;
    WITH legs AS (
        SELECT id, unit_id, debit_id AS account_id, -amount AS amount, posted_at FROM n
        UNION ALL SELECT id, unit_id, credit_id, amount, posted_at FROM n
    ), placed AS (
        SELECT l.id, l.unit_id, l.account_id, l.amount, l.posted_at, b.floor,
            b.amount + sum(l.amount) OVER w AS after, b.seq + row_number() OVER w AS seq
        FROM legs l JOIN registry_balance b ON b.account_id = l.account_id AND b.unit_id = l.unit_id
        WINDOW w AS (PARTITION BY l.account_id, l.unit_id ORDER BY l.id)
    ), kept AS (
        INSERT INTO registry_entry (account_id, unit_id, seq, transfer_id, amount, balance_after, floor)
        SELECT account_id, unit_id, seq, id, amount, after, floor FROM placed
    ), last AS (
        SELECT DISTINCT ON (account_id, unit_id) * FROM placed ORDER BY account_id, unit_id, seq DESC
    )
    UPDATE registry_balance b SET amount = last.after, seq = last.seq, last_transfer = last.id, last_at = last.posted_at
    FROM last WHERE b.account_id = last.account_id AND b.unit_id = last.unit_id;
    RETURN NULL;
END $$
"""

_DISJOINT = """
CREATE FUNCTION registry_disjoint() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM registry_unitkind WHERE id = NEW.unit_id FOR NO KEY UPDATE;
    IF EXISTS (SELECT 1 FROM registry_serialblock b WHERE b.unit_id = NEW.unit_id AND b.until_id IS NULL
        AND b.first <= NEW.last AND b.last >= NEW.first) THEN RAISE EXCEPTION 'REG-BLOCK'; END IF;
    RETURN NEW;
END $$
"""
