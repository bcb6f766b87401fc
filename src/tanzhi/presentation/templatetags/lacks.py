"""The rows of what a year lacks, written here: nodes of a template would be most of what hundreds of them cost."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from django import template
from django.utils.safestring import SafeString

from tanzhi.actions.language import code
from tanzhi.law.citations.english import cited
from tanzhi.law.lacking import ENDING, MISSING
from tanzhi.rulebook.kernel.text import Text

from .tanzhi import day, in_unit

if TYPE_CHECKING:
    from tanzhi.law.pages import Block, LackRow

register = template.Library()

ALL_KEYS = Text("全部", "all")
ENTER = Text("录入", "Enter")
WHOLE_YEAR = Text("全年", "the whole year")
ENDS = Text("年内到期", "ends within the year")
NOT_FINAL = Text("未定", "not final")
SINCE = Text("自 ", "since ")
NEVER = Text("从未有值", "never had one")


@register.simple_tag
def lack_rows(block: Block, enters: bool) -> SafeString:
    """Each combination of keys without a value: its days, the last known value, and where one may enter it."""
    language = code()
    return SafeString("\n".join(lack_row(row, enters, language) for row in block.rows))


def lack_row(row: LackRow, enters: bool, language: str) -> str:
    def say(text: Text) -> str:
        return escape(getattr(text, language))

    lack = row.lack
    keys = [(say(label), say(words)) for label, words in lack.key_words]
    cells = [f"<td>{'<br>'.join(f'<small>{label}</small> {words}' for label, words in keys) or say(ALL_KEYS)}</td>"]
    if enters:
        named = "".join(f" {words}" for _, words in keys)
        label = f"{say(ENTER)} {say(lack.table.label)}{named}"
        cells.append(f'<td><a class="button" href="{escape(row.address)}" aria-label="{label}">{say(ENTER)}</a></td>')
    if lack.kind == MISSING:
        days = say(WHOLE_YEAR)
    else:
        word = say(ENDS if lack.kind == ENDING else NOT_FINAL)
        days = f'{day(lack.first)} – {day(lack.last)} <span class="tag due">{word}</span>'
    cells.append(f'<td class="d">{days}</td>')
    if lack.entry is None:
        cells.append(f'<td class="n"><span class="quiet">{say(NEVER)}</span></td><td>—</td>')
    else:
        value, since = escape(in_unit(lack.entry.value, lack.unit)), f"{say(SINCE)}{day(lack.entry.since)}"
        cells.append(f'<td class="n">{value}<br><small>{since}</small></td>')
        sureness = say(lack.sureness) if lack.sureness else ""
        cells.append(f"<td>{say(cited(lack.entry.source))}<br><small>{sureness}</small></td>")
    return f"<tr>{''.join(cells)}</tr>"
