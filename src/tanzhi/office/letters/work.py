"""Official letters of cases: worded as the installation has them, numbered by series, the same on page and in files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from tanzhi.actions.reasons import Reason
from tanzhi.actions.references import digest
from tanzhi.actions.registry import Input, action
from tanzhi.actions.roles import ROLES
from tanzhi.office.paper.paper import Heading, Paper, Table, Words, days_in_words
from tanzhi.organisations.dated import in_force
from tanzhi.organisations.people.model import Person
from tanzhi.rulebook.kernel.text import Text, same
from tanzhi.workflow.dossier.files import belongs, by_whom
from tanzhi.workflow.notices.delivery import NoticeDraft, tell

from .layout import Template
from .model import Letter, LetterSeries
from .version import letter_on

if TYPE_CHECKING:
    from datetime import date

    from tanzhi.actions.actor import Actor
    from tanzhi.actions.state_record import CaseRecord
    from tanzhi.actions.table import Call
    from tanzhi.organisations.register.model import Organisation


def write_letter(
    call: Call,
    code: str,
    case: CaseRecord,
    *,
    to: Organisation,
    values: Mapping[str, Any],
    tables: Mapping[str, Table] | None = None,
) -> Letter:
    """Write and send a letter in the call's name: it gets the next number of its series and waits for its receiver."""
    # The organisation in whose name the role in use acts.
    organisations = [grant.organisation_id for grant in call.actor.grants if grant.role == call.role]
    version, letter_in_force = letter_on(code, call.today)
    layout = letter_in_force.template
    issuer = next((organisation for organisation in organisations if organisation is not None), None)
    stated = letter_in_force.stated(call.today)
    filled = days_in_words({**standing(to.name, case.name, call.today), **stated, **values})
    # The next number; the row of the series is locked, so that none is given twice.
    series = layout.series
    row, _ = LetterSeries.objects.select_for_update().get_or_create(
        issuer_id=issuer or 0, series=series.zh, year=call.today.year
    )
    row.last += 1
    row.save(update_fields=["last"])
    number = series.format(year=call.today.year, n=row.last)
    title = layout.title.format(**filled)
    letter: Letter = Letter.objects.create(
        **belongs(case),
        **by_whom(call),
        code=code,
        issuer_id=issuer,
        to=to,
        number_zh=number.zh,
        number_en=number.en,
        title_zh=title.zh,
        title_en=title.en,
        blocks=stored_blocks(layout, filled, tables or {}),
        wording_version=version,
    )
    call.attach(f"letter {letter.pk}", digest(letter.number_zh, letter.title_zh, letter.blocks))
    _announce(call, letter, f"letter:{letter.pk}", Text("收到文书 {number}：{name}", "A letter, {number}: {name}"))
    return letter


def _announce(call: Call, letter: Letter, key: str, words: Text) -> None:
    """Everybody who works for the receiver is told."""
    title = words.format(number=letter.number, name=letter.name)
    active = in_force(call.today, "grants__")
    people = Person.objects.filter(active, grants__organisation=letter.to_id, state="active").distinct()
    tell(
        [NoticeDraft(person, "letter", key, title, letter.get_absolute_url()) for person in people],
        call.now,
    )


def standing(to: Text, case: Text, today: date) -> dict[str, Any]:
    """The names that every letter has."""
    return {"to": to, "today": today, "case": case}


def stored_blocks(layout: Template, values: Mapping[str, Any], tables: Mapping[str, Table]) -> list[dict[str, Any]]:
    """The parts of the letter with their names filled in, in both languages, as they are kept."""
    blocks: list[dict[str, Any]] = []
    for part in layout.body:
        if part.kind == "table":
            table = tables[part.words.zh]
            blocks.append(
                {
                    "kind": "table",
                    "title": _both(table.title) if table.title else None,
                    "heads": [_both(head) for head in table.heads],
                    "rows": [[_both(cell) for cell in row] for row in table.rows],
                    "numbers": sorted(table.numbers),
                }
            )
        else:
            blocks.append({"kind": part.kind, **part.words.format(**values).as_dict()})
    return blocks


def _both(words: Words) -> dict[str, str]:
    return (words if isinstance(words, Text) else same(words or "–")).as_dict()


def paper(letter: Letter) -> Paper:
    """The letter as a paper to print."""
    issuer = letter.issuer.name if letter.issuer else Text("碳治平台", "Tanzhi platform")
    on = timezone.localdate(letter.at)
    page = Paper(letter.name, issuer=issuer, number=letter.number, to=letter.to.name, signed=issuer, on=on)
    return replace(page, blocks=tuple(blocks(letter)))


def blocks(letter: Letter) -> list[Words | Heading | Table]:
    return [read_block(block) for block in letter.blocks]


def read_block(block: Mapping[str, Any]) -> Words | Heading | Table:
    if block["kind"] == "table":
        return Table(
            tuple(Text(**head) for head in block["heads"]),
            tuple(tuple(Text(**cell) for cell in row) for row in block["rows"]),
            Text(**block["title"]) if block["title"] else "",
            frozenset(block["numbers"]),
        )
    words = Text(block["zh"], block["en"])
    return Heading(words) if block["kind"] == "heading" else words


def is_receiver(actor: Actor, role: str, letter: Letter, _data: Any) -> bool:
    """Whether the role is held in the organisation that the letter is for: nobody acknowledges in its place."""
    return any(grant.role == role and grant.organisation_id == letter.to_id for grant in actor.grants)


@action(
    "cases.acknowledge",
    label=Text("签收", "Acknowledge"),
    by=frozenset(ROLES) - {"public", "administrator", "security_administrator", "auditor"},
    subject=Letter,
    leaves={"sent"},
    enters="acknowledged",
    limits=is_receiver,
    input=Input,
    law="送达以签收为准",
)
def acknowledge(call: Call, letter: Letter) -> Letter:
    """The receiver, and nobody in his place, says that the letter has reached him."""
    letter.acknowledged_by, letter.acknowledged_at = call.actor.name, call.now
    letter.save(update_fields=["acknowledged_by", "acknowledged_at"])
    return letter


class WithdrawLetterInput(Input):
    reason: Reason


def is_issuer(actor: Actor, role: str, letter: Letter, _data: Any) -> bool:
    """Whether the role is held in the organisation in whose name the letter went out."""
    acts_for = (grant.organisation_id for grant in actor.grants if grant.role == role)
    return letter.issuer_id is not None and letter.issuer_id in acts_for


@action(
    "cases.withdraw_letter",
    label=Text("撤回文书", "Withdraw the letter"),
    by=frozenset(ROLES) - {"public", "administrator", "security_administrator", "auditor"},
    subject=Letter,
    leaves={"sent"},
    enters="withdrawn",
    limits=is_issuer,
    input=WithdrawLetterInput,
)
def withdraw_letter(call: Call, letter: Letter) -> Letter:
    """Whoever sent it takes it back before it was acknowledged; it stays to be read, with the reason.

    Only the letter: what it is about, and the deadlines of that, stay as they are.
    """
    letter.withdrawn_by, letter.withdrawn_at = call.actor.name, call.now
    letter.withdrawn_for = call.data.reason
    letter.save(update_fields=["withdrawn_by", "withdrawn_at", "withdrawn_for"])
    words = Text("文书已撤回 {number}：{name}", "A letter was withdrawn, {number}: {name}")
    _announce(call, letter, f"withdrawn:{letter.pk}", words)
    return letter
