"""A guideline that uses every word, over children and beside them, with children that lie two levels down."""

from decimal import Decimal

from tanzhi.rulebook.kernel import (
    FLOOR,
    Guideline,
    Level,
    Parameters,
    Text,
    all_of,
    any_of,
    chosen,
    count,
    given,
    known,
    largest,
    mean,
    others,
    product,
    quotient,
    smallest,
    total,
    weighted_mean,
    where,
)

LABEL = Text("量", "quantity")
LEVELS = {"group": Level("groups", LABEL), "item": Level("items", LABEL)}
wordbook = Guideline("wordbook", title=LABEL, levels=LEVELS, parameters=Parameters())


def _held(name: str, level: str, decimals: int | None) -> None:
    def held() -> None: ...

    held.__name__ = name
    terms = {} if decimals is None else {"decimals": decimals}
    wordbook.input("1", level=level, label=LABEL, **terms)(held)  # type: ignore[arg-type]


for _name, _level, _decimals in (
    ("x", "item", 2), ("y", "item", 2), ("free", "item", None), ("a", "group", 2), ("b", "group", 0),
):  # fmt: skip
    _held(_name, _level, _decimals)


@wordbook.choice(level="item", label=LABEL, options={"coal": LABEL, "gas": LABEL})
def kind(): ...


@wordbook.choice(level="group", label=LABEL, options={"north": LABEL, "south": LABEL})
def place(): ...


def _group(**terms):
    return wordbook.quantity("1", level="group", label=LABEL, **terms)


def _item(**terms):
    return wordbook.quantity("1", level="item", label=LABEL, **terms)


RULES = {
    # over children
    "sum_of": (_group(decimals=2), lambda x: total(x)),
    "sum_unrounded": (_group(), lambda free: total(free)),
    "product_of": (_group(decimals=1), lambda x: product(x)),
    "product_of_shares": (_group(), lambda x: product(1 + x / 100)),
    "mean_of": (_group(decimals=2), lambda x: mean(x)),
    "weighted": (_group(decimals=3), lambda x, y: weighted_mean(x, y)),
    "weighted_by_kind": (_group(decimals=3), lambda x, y, kind: weighted_mean(x, where(chosen(kind, "coal"), y, 0))),
    "count_of": (_group(), lambda x: count(x)),
    "count_of_codes": (_group(), lambda kind: count(kind)),
    "count_of_answers": (_group(), lambda x, y: count(x > y)),
    "least_of": (_group(decimals=1), lambda x: smallest(x)),
    "greatest_of": (_group(decimals=1, rounding=FLOOR), lambda x: largest(x)),
    "any_of_them": (_group(), lambda x: any_of(x > 1)),
    "all_of_them": (_group(), lambda x, kind: all_of(chosen(kind, "coal"))),
    "known_ones": (_group(), lambda x: count(known(x))),
    "sum_of_quotients": (_group(decimals=2), lambda x, y: total(x / y)),
    "sum_of_shares": (_group(decimals=2), lambda x, a=None: total(x / a)),
    "sum_of_inverses": (_group(decimals=2), lambda y, a=None: total(a / y)),
    "sum_of_word_quotients": (_group(decimals=2), lambda x, y: total(quotient(x, y))),
    "sum_of_differences": (_group(decimals=2, rounding=FLOOR), lambda x, y, a=None: total(x - y) - total(a - y)),
    "sum_of_chosen": (_group(decimals=2), lambda x, y, kind: total(where(chosen(kind, "gas"), x, y))),
    "sum_where_larger": (_group(decimals=2), lambda x, y, b=None: total(where(x >= b, y, b))),
    # beside each other
    "given_of": (_item(decimals=2), lambda x=None, y=None, a=None: given(x, y, a)),
    "given_else": (_item(decimals=2), lambda x=None, y=None: given(x, y, 0)),
    "known_of": (_item(), lambda x=None: known(x)),
    "where_of": (_item(decimals=1), lambda x=None, y=None, kind=None: where(chosen(kind, "coal"), x, y)),
    "where_known": (_item(decimals=1), lambda x=None, y=None: where(known(x), y, None)),
    "where_compared": (_item(decimals=1), lambda x=None, y=None, a=None: where(x < y, a, x)),
    "quotient_of": (_item(decimals=2), lambda x=None, y=None: quotient(x, y)),
    "divided": (_item(decimals=2), lambda x=None, y=None: x / y),
    "divided_by_difference": (_item(decimals=2), lambda x, y, a: x / (y - a)),
    "least_beside": (_item(decimals=1), lambda x=None, y=None: smallest(x, y, 5)),
    "greatest_beside": (_item(decimals=1), lambda x=None, a=None: largest(x, a)),
    "any_beside": (_item(), lambda x=None, y=None: any_of(x > 1, y > 1)),
    "all_beside": (_item(), lambda x=None, y=None: all_of(x > 1, known(y))),
    "chosen_of": (_item(), lambda kind=None, place=None: any_of(chosen(kind, "coal", "gas"), chosen(place, "north"))),
    "code_of": (_item(), lambda kind=None, x=None: where(x > 1, "large", given(kind, "none"))),
    "answer_of": (_item(), lambda x=None, y=None: where(x > y, known(x), x > 0)),
    "equal": (_item(), lambda x=None, y=None: x == y),
    "power_of_ten": (_item(decimals=4), lambda free=None: 10**free),
    "power_of_constant": (_item(decimals=6), lambda x=None: Decimal("1.015") ** (16 - x / 5)),
    "power_of_both": (_item(decimals=4), lambda x=None, y=None: (1 + abs(x) / 100) ** (y / 10)),
    "power_of_column": (_item(), lambda x=None: (x + Decimal("0.5")) ** Decimal("2.4")),
    "squared": (_item(decimals=2), lambda x=None, y=None: x**2 - y**2),
    "cubed_and_back": (_item(decimals=2), lambda x, y: (x + y) ** 3 / (x + y) ** 2),
    "thirds": (_item(decimals=2, rounding=FLOOR), lambda x=None: x / 3 * 3),
    "cancelled": (_item(decimals=2, rounding=FLOOR), lambda x, y, free: (x * free + y) - x * free),
    "halved": (_item(decimals=1), lambda x=None: -abs(x) / 2),
    "wide": (_item(decimals=2), lambda x, y: x * y * x * y),
    # what columns leave to records
    "remainder": (_item(decimals=2), lambda x: x % 7),
    "decided": (_item(decimals=2), lambda x, y: x if x > y else y),
    "quantized": (_item(decimals=2), lambda x: x.quantize(Decimal(1))),
    "against_others": (_group(), lambda x: count(x > 2 * others(x))),
    # of other rules, so that states and bounds travel
    "again": (_group(decimals=2), lambda given_of, divided: total(given_of) - mean(divided)),
    "again_unrounded": (_group(), lambda weighted, product_of_shares, sum_of: sum_of / weighted * product_of_shares),
    "once_more": (_group(decimals=0, rounding=FLOOR), lambda again_unrounded, again: again_unrounded * again / 7),
    "of_codes": (_group(), lambda code_of: count(chosen(code_of, "large", "gas"))),
    "under_code": (_item(decimals=3), lambda code_of, again: where(chosen(code_of, "none"), again, 1)),
}
for _rule, (_register, _function) in RULES.items():
    _function.__name__ = _rule
    _register(_function)
wordbook.seal()
