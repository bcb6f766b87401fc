"""A version of the letters' wording, and a letter as it is worded on a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from django.urls import reverse

from tanzhi.organisations.installation.version import DatedVersion
from tanzhi.rulebook.kernel.text import Text

from .layout import ShippedLetter, letter_codes, shipped
from .rules import LetterWording, faults


class LettersVersion(DatedVersion):
    """What an installation says otherwise in its letters, by the letter's code."""

    title = Text("文书行文", "Wording of letters")

    class Meta(DatedVersion.Meta):
        app_label = "cases"

    def wording(self, code: str) -> LetterWording:
        """The words of one letter; all blank where it is as the program has it."""
        return LetterWording.model_validate(self.overlay.get(code, {}))

    def letter(self, code: str) -> ShippedLetter:
        """A letter in these words; as the program has it, where a later release no longer has what they name."""
        letter, wording = shipped(code), self.wording(code)
        return letter if faults(letter, wording) else replace(letter, template=wording.over(letter.template))

    @property
    def content(self) -> dict[str, ShippedLetter]:
        return {code: self.letter(code) for code in letter_codes()}

    def get_absolute_url(self) -> str:
        return reverse("cases:letters_version", args=[self.pk])


def letter_on(code: str, day: date) -> tuple[int, ShippedLetter]:
    """The number of the version in force on a day, and a letter in its words; 0: the program's own."""
    version = LettersVersion.on(day)
    return version.number, version.letter(code)
