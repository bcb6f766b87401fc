"""A statement beside our books: rows and postings as the comparison takes them, balances at both ends of the period."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, Sum

from tanzhi.streams.market.ledger.model import Account, Transfer, UnitKind

from .comparison import NEAR_DAYS, LedgerMovement, Pair, StatementComparison, StatementMovement, compare
from .model import DifferenceExplanation, Reconciliation, StatementLine
from .statement_words import kind_of


@dataclass(frozen=True, slots=True)
class BalanceRow:
    """One unit at the beginning and at the end: as the statement has it (none: it does not name it), as we have it."""

    unit: UnitKind
    opening_there: int | None
    opening_here: int
    closing_there: int | None
    closing_here: int

    @property
    def difference(self) -> int:
        """What the statement has more than our books, at the end."""
        return (self.closing_there or 0) - self.closing_here


@dataclass(frozen=True, slots=True)
class Difference:
    """A pair of the comparison with its records."""

    line: StatementLine | None
    transfer: Transfer | None
    amount_here: int | None
    explanation: DifferenceExplanation | None


@dataclass(frozen=True, slots=True)
class Reconciled:
    """What a statement comes to, as the books stand now."""

    since: date
    until: date
    balances: list[BalanceRow]
    matched: list[Difference]
    different: list[Difference]
    missing_here: list[Difference]
    missing_there: list[Difference]
    explained: list[Difference]
    reversed_here: list[Difference]

    @property
    def open(self) -> list[Difference]:
        return [*self.missing_here, *self.missing_there, *self.different]

    @property
    def agrees(self) -> bool:
        return not self.open and not any(row.difference for row in self.balances)


def reconciled(reconciliation: Reconciliation) -> Reconciled:
    """The comparison of a statement with what our books say today; a posting made since closes its difference."""
    lines = {line.pk: line for line in reconciliation.lines.select_related("unit")}
    since, until = reconciliation.period()
    near = (since - timedelta(days=NEAR_DAYS), until + timedelta(days=NEAR_DAYS))
    transfers = {each.pk: each for each in transfers_of(reconciliation.account, *near)}
    family = family_of(reconciliation.account)
    amounts = {pk: each.amount if each.credit_id in family else -each.amount for pk, each in transfers.items()}
    rows = [
        StatementMovement(line.pk, line.unit.code, line.day, line.amount, kind_of(line.kind)[0])
        for line in lines.values()
        if line.amount
    ]
    postings = [
        LedgerMovement(
            each.pk, each.unit.code, each.business_date, amounts[each.pk], each.command.kind,
            since <= each.business_date <= until, each.reverses_id or 0,
        )
        for each in transfers.values()
    ]  # fmt: skip
    groups: StatementComparison = compare(rows, postings)
    explanations = {(each.line_id, each.transfer_id): each for each in reconciliation.explanations.all()}

    def records(pairs: tuple[Pair, ...], explained: bool) -> Iterator[Difference]:
        for pair in pairs:
            line, transfer = pair.keys
            explanation = explanations.get(pair.keys)
            if (explanation is not None) is explained:
                yield Difference(
                    lines.get(line or 0), transfers.get(transfer or 0), amounts.get(transfer or 0), explanation
                )

    differences = groups.missing_here + groups.missing_there + groups.different
    return Reconciled(
        since,
        until,
        balances_of(reconciliation, list(lines.values()), since, until),
        list(records(groups.matched, False)),
        list(records(groups.different, False)),
        list(records(groups.missing_here, False)),
        list(records(groups.missing_there, False)),
        list(records(differences, True)),
        list(records(groups.reversed_here, False)),
    )


def family_of(account: Account) -> set[int]:
    """The account and its parts: what is frozen, pledged or on its way is still the holder's."""
    return {account.pk, *Account.objects.filter(parent=account).values_list("pk", flat=True)}


def transfers_of(account: Account, first: date, last: date) -> list[Transfer]:
    """What left or reached the holder in these days; what moved between parts of his account did neither."""
    family = family_of(account)
    rows = Transfer.objects.filter(business_date__range=(first, last)).exclude(debit__in=family, credit__in=family)
    rows = rows.filter(Q(debit__in=family) | Q(credit__in=family))
    return list(rows.select_related("unit", "command", "debit", "credit"))


def balances_of(
    reconciliation: Reconciliation, lines: list[StatementLine], since: date, until: date
) -> list[BalanceRow]:
    """By unit, what both have before the first day and after the last."""
    opening = sums(reconciliation.account, Q(business_date__lt=since))
    closing = sums(reconciliation.account, Q(business_date__lte=until))
    stated: dict[int, list[StatementLine]] = {}
    for line in lines:
        stated.setdefault(line.unit_id, []).append(line)
    unit_keys = stated.keys() | {
        unit for unit in opening.keys() | closing.keys() if opening.get(unit) or closing.get(unit)
    }
    units = UnitKind.objects.filter(pk__in=unit_keys).order_by("kind", "first_year", "code")
    rows = []
    for unit in units:
        own = stated.get(unit.pk, [])
        ends = (own[0].balance - own[0].amount, own[-1].balance) if own else (None, None)
        rows.append(BalanceRow(unit, ends[0], opening.get(unit.pk, 0), ends[1], closing.get(unit.pk, 0)))
    return rows


def sums(account: Account, days: Q) -> dict[int, int]:
    """What the holder has of each unit after the postings of these days."""
    family = family_of(account)
    totals: dict[int, int] = {}
    for side, sign in (("credit", 1), ("debit", -1)):
        rows = Transfer.objects.filter(days, **{f"{side}__in": family}).order_by().values("unit")
        for row in rows.annotate(tonnes=Sum("amount")):
            totals[row["unit"]] = totals.get(row["unit"], 0) + sign * row["tonnes"]
    return totals
