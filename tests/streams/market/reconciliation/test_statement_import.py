"""Statements of account of the national registry: kept row by row, compared with the books, differences explained."""

from __future__ import annotations

from typing import Any

import pytest

from tanzhi.actions.registry import Actor, Refused, perform
from tanzhi.evidence.tracking import unrecorded
from tanzhi.office.imports.work import call_of, dry_run, guessed, sheet_of
from tanzhi.streams.market.ledger.model import Balance, Transfer
from tanzhi.streams.market.reconciliation.imports import IMPORT
from tanzhi.streams.market.reconciliation.model import DifferenceExplanation, Reconciliation, StatementLine
from tanzhi.streams.market.reconciliation.queries import reconciled
from tests.factories import World
from tests.sheets import file, taken_in
from tests.streams.market.conftest import Books, made

# The headings as the layout of the field has them (账户对账单); the books begin on 2023-05-10 (tests' conftest).
HEADS = ("账户", "产品与年度", "业务类型", "日期", "对方账户", "数量", "余额")
ISSUED = ("PLANT", "全国碳排放配额（2021年度）", "配额发放", "2023/5/10", "分配账户", "1,000", "1,000")
SOLD = ("PLANT", "CEA21", "交易卖出", "20230510", "", 400, 600)
NUMBER = {"statement": "2023-05"}
WHY = {"reason": "重复导入"}


@pytest.fixture
def books(world: World) -> Books:
    """1 000 t issued and 400 t out on the same day."""
    books = made(world)
    with unrecorded():
        books.move(books.source, books.plant, 1_000)
        books.move(books.plant, books.market, 400)
    return books


def groups(of: Reconciliation) -> dict[str, int]:
    result = reconciled(of)
    names = ("matched", "different", "missing_here", "missing_there", "explained", "reversed_here")
    return {name: count for name in names if (count := len(getattr(result, name)))}


def refusals(who: Actor, *rows: tuple[Any, ...], **constants: str) -> list[tuple[str, str]]:
    with pytest.raises(Refused) as refused:
        taken_in(IMPORT, who, HEADS, *rows, **(NUMBER | constants))
    assert not StatementLine.objects.exists()
    return [(each.code, each.place) for each in refused.value.findings]


def test_a_statement_that_says_what_our_books_say_agrees_and_moves_nothing(books: Books, clerk: Actor) -> None:
    before = list(Balance.objects.order_by("pk").values_list("account", "amount")), Transfer.objects.count()
    taken_in(IMPORT, clerk, HEADS, ISSUED, SOLD, ("合计", "", "", "", "", "600", "600"), **NUMBER)
    found = Reconciliation.objects.get()
    assert [(line.amount, line.balance, line.unit.code) for line in found.lines.all()] == [
        (1_000, 1_000, "CEA21"),
        (-400, 600, "CEA21"),
    ]
    result = reconciled(found)
    assert (groups(found), result.agrees) == ({"matched": 2}, True)
    [balance] = result.balances
    assert (balance.opening_there, balance.opening_here, balance.closing_there, balance.closing_here) == (
        0,
        0,
        600,
        600,
    )
    after = list(Balance.objects.order_by("pk").values_list("account", "amount")), Transfer.objects.count()
    assert after == before


def test_what_is_missing_on_either_side_and_what_differs_stands_in_its_group(books: Books, officer: Actor) -> None:
    later = ("PLANT", "CEA21", "交易卖出", "2023-05-12", "", 400, 500)
    rows = (("PLANT", "CEA21", "划转转入", "2023-05-10", "", 900, 900), later)
    taken_in(IMPORT, officer, HEADS, *rows, **(NUMBER | {"since": "2023-05-01", "until": "2023-05-31"}))
    found = Reconciliation.objects.get()
    # 900 t transferred is not 1 000 t posted as something else on that day; 400 t went two days later there
    result = reconciled(found)
    assert groups(found) == {"missing_here": 1, "missing_there": 1, "different": 1}
    assert not result.agrees
    assert [row.difference for row in result.balances] == [-100]


def test_an_explained_difference_stands_with_its_words_and_is_explained_once(
    books: Books, clerk: Actor, officer: Actor
) -> None:
    taken_in(IMPORT, clerk, HEADS, ISSUED, **NUMBER)
    found = Reconciliation.objects.get()
    [missing] = reconciled(found).missing_there
    assert missing.transfer is not None
    assert missing.amount_here == -400
    data = {"transfer": missing.transfer.pk, "words": "登记系统次日记账，见五月对账单"}
    perform("registry.explain_difference", clerk, found, data)
    assert groups(found) == {"matched": 1, "explained": 1}
    assert not reconciled(found).agrees  # the balances differ, whoever explains it
    assert DifferenceExplanation.objects.get().words == data["words"]
    with pytest.raises(Refused) as refused:
        perform("registry.explain_difference", officer, found, data)
    assert refused.value.code == "REC-DIFFERENCE"
    with pytest.raises(Refused) as refused:
        perform("registry.explain_difference", officer, found, {"line": found.lines.get().pk, "words": "已一致的行"})
    assert refused.value.code == "REC-DIFFERENCE"


def test_what_is_posted_later_closes_a_difference(books: Books, clerk: Actor) -> None:
    taken_in(IMPORT, clerk, HEADS, ISSUED, SOLD, ("PLANT", "CEA21", "转入", "2023-05-10", "", 50, 650), **NUMBER)
    found = Reconciliation.objects.get()
    assert groups(found) == {"matched": 2, "missing_here": 1}
    with unrecorded():
        books.move(books.market, books.plant, 50)
    assert groups(found) == {"matched": 3}


@pytest.mark.parametrize("who", ["verifier", "stranger", "director"])
def test_only_the_holder_and_the_province_reconcile(books: Books, who: str, request: pytest.FixtureRequest) -> None:
    reader = request.getfixturevalue(who)
    with pytest.raises(Refused) as refused:
        taken_in(IMPORT, reader, HEADS, ISSUED, **NUMBER)
    assert refused.value.code in ("ACT-ROLE", "IMP-ROWS")
    assert not Reconciliation.objects.exists()


def test_a_plant_reconciles_no_other_plant_s_account_and_does_not_see_it(
    books: Books, clerk: Actor, officer: Actor, stranger: Actor
) -> None:
    assert refusals(clerk, ("OTHER", *ISSUED[1:])) == [("REC-ACCOUNT", "Sheet!A2")]
    taken_in(IMPORT, officer, HEADS, ISSUED, **NUMBER)
    found = Reconciliation.objects.get()
    assert Reconciliation.objects.visible_to(clerk).get() == found
    assert not Reconciliation.objects.visible_to(stranger).exists()
    with pytest.raises(Refused) as refused:
        perform("registry.explain_difference", stranger, found, {"transfer": 1, "words": "与本单位无关"})
    assert refused.value.code in ("ACT-SCOPE", "ACT-ROLE")


@pytest.mark.parametrize(
    ("row", "code", "cell"),
    [
        (("NOBODY", *ISSUED[1:]), "REC-ACCOUNT", "A2"),
        (("PLANT", "CEA99", *ISSUED[2:]), "REC-UNIT", "B2"),
        (("PLANT", "全国碳排放配额（2021、2022年度）", *ISSUED[2:]), "REC-UNIT", "B2"),
        ((*ISSUED[:2], "系统业务", *ISSUED[3:]), "REC-DIRECTION", "C2"),
        ((*ISSUED[:5], None, 1000), "REC-QUANTITY", "F2"),
        ((*ISSUED[:5], 1000, 999), "REC-BALANCE", "G2"),
        ((*ISSUED[:5], "1000.5", 1000), "VAL-WHOLE", "F2"),
        ((*ISSUED[:3], "五月十日", *ISSUED[4:]), "VAL-DATE", "D2"),
    ],
)
def test_a_row_that_cannot_be_placed_is_told_at_its_cell(
    books: Books, officer: Actor, row: tuple[Any, ...], code: str, cell: str
) -> None:
    assert refusals(officer, row) == [(code, f"Sheet!{cell}")]


def test_balances_follow_from_the_rows_and_days_from_first_to_last(books: Books, officer: Actor) -> None:
    assert refusals(officer, ISSUED, (*SOLD[:6], 599)) == [("REC-BALANCE", "Sheet!G3")]
    assert refusals(officer, ISSUED, (*SOLD[:6], 601)) == [("REC-BALANCE", "Sheet!G3")]
    assert refusals(officer, ISSUED, (*SOLD[:3], "2023-05-09", *SOLD[4:])) == [("REC-ORDER", "Sheet!D3")]
    outside = {"since": "2023-05-11", "until": "2023-05-31"}
    assert refusals(officer, ISSUED, **outside) == [("REC-PERIOD", "Sheet!D2")]
    assert refusals(officer, ISSUED, since="2023-05-31", until="2023-05-01") == [("REC-PERIOD", "Sheet!2")]


def test_a_balance_carried_in_needs_no_quantity_and_the_direction_may_come_from_the_balance(
    books: Books, officer: Actor
) -> None:
    opening = ("PLANT", "CEA21", "期初余额", "2023-05-01", "", None, 70)
    moved = ("PLANT", "CEA21", "系统业务", "2023-05-10", "", 30, 40)
    taken_in(IMPORT, officer, HEADS, opening, moved, **NUMBER)
    found = Reconciliation.objects.get()
    assert [line.amount for line in found.lines.all()] == [0, -30]
    [balance] = reconciled(found).balances
    assert (balance.opening_there, balance.closing_there) == (70, 40)


def test_signed_quantities_and_a_column_of_directions_are_read_as_they_say(books: Books, officer: Actor) -> None:
    taken_in(
        IMPORT, officer, HEADS, ("PLANT", "CEA21", "业务", "2023-05-10", "", 1000, 1000),
        ("PLANT", "CEA21", "业务", "2023-05-10", "", -400, 600), signed="是", **NUMBER,
    )  # fmt: skip
    heads = (*HEADS, "收支方向")
    taken_in(
        IMPORT, officer, heads, ("PLANT", "CEA21", "业务", "2023-05-10", "", 1000, 1000, "收入"),
        ("PLANT", "CEA21", "业务", "2023-05-10", "", 400, 600, "支出"), statement="又一份",
    )  # fmt: skip
    assert [groups(found) for found in Reconciliation.objects.all()] == [{"matched": 2}, {"matched": 2}]


def test_the_same_statement_is_refused_by_its_file_and_by_its_number(books: Books, officer: Actor) -> None:
    taken_in(IMPORT, officer, HEADS, ISSUED, SOLD, **NUMBER)
    with pytest.raises(Refused) as refused:
        taken_in(IMPORT, officer, HEADS, ISSUED, **NUMBER)
    assert {each.code for each in refused.value.findings} == {"REC-TWICE"}
    assert StatementLine.objects.count() == 2


def test_the_registry_s_own_number_is_kept_and_names_the_account_from_then_on(books: Books, officer: Actor) -> None:
    heads = ("登记系统账户号", *HEADS[1:])
    first = ("100-000-001", *ISSUED[1:])
    taken_in(IMPORT, officer, heads, first, account="PLANT", **NUMBER)
    assert Reconciliation.objects.get().registry_account == "100-000-001"
    taken_in(IMPORT, officer, HEADS, ("100-000-001", *ISSUED[1:]), statement="2023-06")
    assert {found.account for found in Reconciliation.objects.all()} == {books.plant}
    with pytest.raises(Refused) as refused:  # another number for the same account, the same number for another one
        taken_in(IMPORT, officer, heads, ("100-000-002", *ISSUED[1:]), account="PLANT", statement="2023-07")
    assert [each.code for each in refused.value.findings] == ["REC-ACCOUNT"]
    with pytest.raises(Refused) as refused:
        # with a column more: the same bytes would be refused as a file that was imported before
        taken_in(IMPORT, officer, (*heads, "备注"), (*first, ""), account="OTHER", statement="2023-08")
    assert [each.code for each in refused.value.findings] == ["REC-ACCOUNT"]


def test_an_import_is_undone_whole_until_a_difference_is_explained(books: Books, clerk: Actor) -> None:
    done = taken_in(IMPORT, clerk, HEADS, ISSUED, **NUMBER)
    perform(IMPORT.undo_name, clerk, done, WHY)
    assert (Reconciliation.objects.count(), StatementLine.objects.count()) == (0, 0)
    done = taken_in(IMPORT, clerk, HEADS, ISSUED, **NUMBER)
    found = Reconciliation.objects.get()
    [missing] = reconciled(found).missing_there
    data = {"transfer": missing.transfer.pk if missing.transfer else None, "words": "次月入账"}
    perform("registry.explain_difference", clerk, found, data)
    with pytest.raises(Refused) as refused:
        perform(IMPORT.undo_name, clerk, done, WHY)
    assert refused.value.code == "IMP-BUILT"
    assert StatementLine.objects.count() == 1


def test_the_dry_run_keeps_nothing(books: Books, clerk: Actor) -> None:
    digest = file(HEADS, ISSUED, SOLD)
    sheet, _ = sheet_of(IMPORT, digest, Actor.platform())
    told = dry_run(IMPORT, call_of(IMPORT, clerk), sheet, guessed(IMPORT, sheet), NUMBER)
    assert [(each.number, each.findings) for each in told] == [(2, ()), (3, ())]
    assert not Reconciliation.objects.exists()
