"""Letters before and after other words, and each as it would go out, filled in with a record made up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING

from tanzhi.actions import clock
from tanzhi.office.letters.layout import ShippedLetter, letter_codes
from tanzhi.office.letters.preview import OutgoingLetter, parts_of
from tanzhi.office.letters.rules import BODY, NUMBER, TITLE
from tanzhi.office.letters.version import LettersVersion
from tanzhi.office.letters.work import read_block, standing, stored_blocks
from tanzhi.office.paper.paper import Paper, days_in_words
from tanzhi.presentation.forms.preview import PARTS, PagePart
from tanzhi.rulebook.kernel.text import Text

if TYPE_CHECKING:
    from tanzhi.actions.rehearsal import Trial

RECEIVER = Text("示例单位", "Example organisation")
ISSUER = Text("发文单位", "The issuing authority")
CASE = Text("示例事项", "Example case")


def sample_letter(letter: ShippedLetter) -> OutgoingLetter:
    """A letter as it would go out today, about a record made up."""
    today, layout = clock.today(), letter.template
    values = days_in_words({**standing(RECEIVER, CASE, today), **letter.stated(today), **letter.sample.values})
    blocks = [read_block(block) for block in stored_blocks(layout, values, letter.sample.tables)]
    number, title = layout.series.format(year=today.year, n=1), layout.title.format(**values)
    page = Paper(title, tuple(blocks), issuer=ISSUER, number=number, to=RECEIVER, signed=ISSUER, on=today)
    return OutgoingLetter(page, parts_of(blocks))


@dataclass(frozen=True, slots=True)
class RewordedLetter:
    """A letter that says something otherwise: what differs, before and after, and how it goes out."""

    code: str
    kind: Text
    places: tuple[tuple[Text, Text | None, Text | None], ...]
    sample: OutgoingLetter


def reworded(before: LettersVersion, after: LettersVersion) -> list[RewordedLetter]:
    """The letters of which two versions differ, place by place; a part that one of them lacks is None there."""
    rows = []
    for code in letter_codes():
        old, new = before.letter(code).template, after.letter(code).template
        pairs: list[tuple[Text, Text | None, Text | None]] = [
            (NUMBER, old.series, new.series),
            (TITLE, old.title, new.title),
        ]
        for n, (left, right) in enumerate(zip_longest(old.body, new.body), 1):
            place = Text("{body}，{n}", "{body}, {n}").format(body=BODY, n=n)
            pairs.append((place, left.line if left else None, right.line if right else None))
        if places := tuple(pair for pair in pairs if pair[1] != pair[2]):
            letter = after.letter(code)
            rows.append(RewordedLetter(code, letter.kind, places, sample_letter(letter)))
    return rows


CHANGING = {"office.reword_letter", "office.take_earlier_letters"}


def letters_before_and_after(trial: Trial) -> Callable[[], PagePart | None]:
    """Beside a change what the draft said; beside an adoption what is in force."""
    version = trial.after
    if not isinstance(version, LettersVersion) or trial.action.name not in CHANGING | {"office.adopt_letters"}:
        return lambda: None
    before = trial.before if trial.action.name in CHANGING else LettersVersion.on(clock.today())
    records = reworded(before, version) if isinstance(before, LettersVersion) else []
    return lambda: PagePart("cases/rewording.html", records)


PARTS["letters wording"] = letters_before_and_after
