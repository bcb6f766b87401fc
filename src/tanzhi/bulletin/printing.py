"""The bulletin as text for a terminal or a mail."""

from __future__ import annotations

from tanzhi.rulebook.kernel import Text
from tanzhi.rulebook.kernel.text import in_language

from .content import BulletinContent

FOOT = Text("存证树头：{head}；规则版本：{release}", "Evidence head: {head}; rules release: {release}")
RESERVED = Text("※ {words}", "※ {words}")
TO_COME = Text("其余各行", "Rows to come")


def as_text(content: BulletinContent, language: str) -> str:
    """Rows that have figures by stream, then those still to come, then what all of it rests on."""
    foot = FOOT.format(head=content.head, release=content.release)
    lines = [in_language(content.title, language), in_language(content.place, language)]
    for chapter in content.chapters:
        lines += ["", f"[{in_language(chapter.title, language)}]"]
        for row in chapter.rows:
            lines.append(f"{row.number:>3}  {in_language(row.title, language)}")
            for line in row.lines:
                comparison = f" ({in_language(line.comparison, language)})" if line.comparison else ""
                lines.append(f"     {in_language(line.sentence, language)}{comparison}")
                lines += [f"       {_in_words(RESERVED.format(words=words), language)}" for words in line.reservations]
                beside = f" = {in_language(line.beside, language)}" if line.beside else ""
                lines.append(f"       {line.ref}{beside}")
    if content.waiting:
        lines += ["", in_language(TO_COME, language)]
        lines += [
            f"{r.number:>3}  {_in_words(r.title, language)}: {_in_words(r.waiting, language)}" for r in content.waiting
        ]
    return "\n".join([*lines, "", in_language(foot, language)]) + "\n"


def _in_words(text: Text | None, language: str) -> str:
    return str(in_language(text, language)) if text else ""
