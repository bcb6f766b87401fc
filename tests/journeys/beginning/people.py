"""Somebody before a browser who does what the tutorial says: its text names the links and buttons that are pressed."""

from __future__ import annotations

import base64
import io
import re
import sys
import time
import urllib.request
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import lxml.html
import openpyxl
from playwright.sync_api import expect

from tests.journeys.conftest import LOCALE, PATIENCE_OF_A_STEP, WIDE
from tests.journeys.workbook import CODES, FIRST

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

QUOTED = {"zh": re.compile(r"“([^”]+)”"), "en": re.compile(r"“([^”]+)”")}
DOWNLOADS = {("下载模板", "Template"), ("下载工作簿", "Workbook")}
HEADINGS = 1


@dataclass(frozen=True, slots=True)
class Fill:
    """What is put into the form before its button is pressed: label in both languages → value."""

    fields: Mapping[str, Any] = field(default_factory=dict)
    only: tuple[str, ...] | None = None
    """Boxes that stay ticked, by what they stand for."""
    every: bool = False
    """Tick whatever may be ticked."""
    rows: Mapping[str, Sequence[Mapping[str, str]]] = field(default_factory=dict)
    """Grids by name, row by row."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows that are written below the headings of the template downloaded before; the first row names its columns."""

    rows: tuple[tuple[Any, ...], ...]


@dataclass(frozen=True, slots=True)
class Tables:
    """Rows for the tables of a form's template, by a column that only the table has."""

    rows: Mapping[str, list[dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class Beside:
    """What is written beside the rows that a template has already, by the words with which a row begins."""

    mark: str
    """A column that only their table has."""
    by_words: Mapping[str, Mapping[str, Any]]
    whole: Mapping[str, Any]
    """What stands in the template's first table, which has one row."""


@dataclass
class Chapter:
    """A part of the tutorial, with what it cost."""

    title: tuple[str, str]
    steps: list[tuple[str, str]] = field(default_factory=list)
    clicks: int = 0
    seconds: float = 0


@dataclass
class Tutorial:
    """What was told and done, in order; one chapter after the other."""

    browser: Browser
    address: str
    language: str
    pictures: Path | None = None
    chapters: list[Chapter] = field(default_factory=list)
    begun: float = field(default_factory=time.monotonic)
    taken: int = 0

    def chapter(self, zh: str, en: str) -> None:
        self._stop_the_watch()
        self.chapters.append(Chapter((zh, en)))

    def end(self) -> None:
        """What each chapter cost, printed."""
        self._stop_the_watch()
        for chapter in self.chapters:
            sys.stdout.write(f"{chapter.title[1]}: {chapter.clicks} clicks, {chapter.seconds:.1f} s\n")
        clicks, seconds = (sum(getattr(each, of) for each in self.chapters) for of in ("clicks", "seconds"))
        sys.stdout.write(f"a province from nothing: {clicks} clicks, {seconds / 60:.1f} minutes\n")

    def _stop_the_watch(self) -> None:
        now = time.monotonic()
        if self.chapters:
            self.chapters[-1].seconds = now - self.begun
        self.begun = now

    def tell(self, zh: str, en: str) -> None:
        """A step of this chapter; one that was told before is done again without a word."""
        if all((zh, en) not in chapter.steps for chapter in self.chapters):
            self.chapters[-1].steps.append((zh, en))

    def somebody(self, name: str) -> Somebody:
        return Somebody(self, name)

    def picture(self, page: Page) -> None:
        if self.pictures is not None:
            self.taken += 1
            page.screenshot(path=str(self.pictures / f"{self.taken:03d}.png"), full_page=True)


class Somebody:
    """One person with a browser of his own."""

    def __init__(self, tutorial: Tutorial, name: str) -> None:
        self.tutorial, self.name = tutorial, name
        self.window = tutorial.browser.new_context(
            base_url=tutorial.address, locale=LOCALE[tutorial.language], viewport=WIDE, accept_downloads=True
        )
        self.page = self.window.new_page()
        self.page.set_default_timeout(PATIENCE_OF_A_STEP)
        self.template = b""
        self.posted = False

    def open(self, address: str) -> None:
        """Type an address, as somebody does who was handed a link."""
        self.page.goto(address)
        self.posted = False

    def step(
        self, zh: str, en: str, filled: Mapping[str, Fill] | None = None, beside: Mapping[str, str] | None = None
    ) -> None:
        """Tell a step and do it: press what both texts have between their marks, in its order.

        Of what a page says in many rows, the one of the row that `beside` describes.
        """
        self.tutorial.tell(zh, en)
        words = list(zip(QUOTED["zh"].findall(zh), QUOTED["en"].findall(en), strict=True))
        fills = dict(filled or {})
        for at, pair in enumerate(words, 1):
            # A link leads to the form whose button has the same words.
            fill = None if pair in words[at:] else fills.pop(pair[0], None)
            self.press(pair, fill, (beside or {}).get(pair[0], ""))
        assert not fills, f"the step names no {list(fills)}"

    def press(self, words: tuple[str, str], fill: Fill | None = None, row: str = "") -> None:
        """Click the link or press the button that says this; the page says it in the other language, too."""
        if not self.posted:
            self._says_so_in_the_other_language(words, fill)
        said = words[self.tutorial.language == "en"]
        if fill is not None:
            self._fill_in(self._form_of(said), fill)
        target = self._in_row(row, said) if row else self._target(said, is_button=fill is not None)
        self.tutorial.chapters[-1].clicks += 1
        if words in DOWNLOADS:
            with self.page.expect_download() as download:
                target.click()
            self.template = Path(download.value.path()).read_bytes()
            return
        with self.page.expect_navigation() as arrived:
            target.click()
        answer = arrived.value
        self.posted = answer is not None and answer.request.method == "POST"
        self.tutorial.picture(self.page)
        expect(self.page.locator("[role=alert]"), self.page.locator("main").inner_text()[:900]).to_have_count(0)

    @property
    def text(self) -> str:
        return self.page.locator("main").inner_text()

    def answer(self) -> bool:
        """Explain whatever the checks ask, if they ask anything."""
        questions = self.page.locator("textarea[form=answers]").all()
        for question in questions:
            question.fill("已核对原始记录（示例）")
        return bool(questions)

    def time_code(self) -> str:
        """What the telephone shows of somebody whose role demands a time code."""
        from django_otp.oath import totp

        secret = re.sub(r"\s", "", self.page.locator("main p code").first.inner_text())
        return f"{totp(base64.b32decode(secret)):06d}"

    def in_language(self, language: str, address: str = "") -> Any:
        """The page before him, or another, as it is read in one of the two languages."""
        cookies = {each["name"]: each["value"] for each in self.window.cookies()}
        cookies["django_language"] = "en" if language == "en" else "zh-hans"
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())}
        whole = f"{self.tutorial.address}{address}" if address else self.page.url
        with urllib.request.urlopen(urllib.request.Request(whole, headers=headers)) as answer:
            return lxml.html.fromstring(answer.read())

    # -- what stands on the page

    def _target(self, said: str, *, is_button: bool) -> Locator:
        """A link or button of the page before one of the menu, the whole words before a part of them."""
        main, menu = self.page.locator("main"), self.page.locator("nav")
        buttons = main.get_by_role("button", name=said, exact=True)
        if is_button:
            return buttons.first
        links = main.get_by_role("link", name=said, exact=True)
        others = menu.get_by_role("link", name=said, exact=True), menu.get_by_role("button", name=said, exact=True)
        for place in (links, buttons, *others, main.get_by_role("link", name=said)):
            if place.count():
                return place.first
        offered = sorted(set(main.get_by_role("link").all_inner_texts() + main.get_by_role("button").all_inner_texts()))
        raise AssertionError(f"{self.name} at {self.page.url} sees no {said!r}: {offered}\n{self.text[:600]}")

    def _in_row(self, row: str, said: str) -> Locator:
        rows = self.page.locator("main").get_by_role("row").filter(has_text=re.compile(row, re.DOTALL))
        return rows.first.get_by_role("link", name=said)

    def _form_of(self, said: str) -> Locator:
        button = self.page.locator("main").get_by_role("button", name=said, exact=True)
        assert button.count(), f"{self.name} at {self.page.url} sees no button {said!r}:\n{self.text[:900]}"
        return self.page.locator("main form").filter(has=self.page.get_by_role("button", name=said, exact=True)).first

    def _fill_in(self, form: Locator, fill: Fill) -> None:
        for label, value in fill.fields.items():
            self._put(self._control(form, label.split("|")), value)
        if fill.every or fill.only is not None:
            for box in form.locator("input[type=checkbox]").all():
                box.set_checked(fill.every or box.get_attribute("value") in (fill.only or ()))
        for name, rows in fill.rows.items():
            for at, row in enumerate(rows):
                if not form.locator(f"[name^='{name}-{at}-']").count():
                    more = ("增加一行", "Add a row")[self.tutorial.language == "en"]
                    form.locator(f"#field-{name}").get_by_role("button", name=more).click()
                for column, words in row.items():
                    self._put(form.locator(f"[name='{name}-{at}-{column}']"), words)

    def _control(self, form: Locator, label: list[str]) -> Locator:
        said = label[-1] if self.tutorial.language == "en" else label[0]
        for each in form.locator("label").all():
            if " ".join(each.inner_text().split()).startswith(said):
                named = each.get_attribute("for")
                return form.locator(f"[id='{named}']") if named else each.locator("input, select, textarea").first
        raise AssertionError(f"{self.page.url} has no field {said!r}: {form.locator('label').all_inner_texts()}")

    def _put(self, control: Locator, value: Any) -> None:
        if isinstance(value, Sheet):
            value = {"name": f"{value.rows[1][0]}.xlsx", "mimeType": "", "buffer": written(self.template, value)}
        if isinstance(value, Tables):
            value = {"name": "month.xlsx", "mimeType": "", "buffer": written_by_codes(self.template, value)}
        if isinstance(value, Beside):
            value = {"name": "plan.xlsx", "mimeType": "", "buffer": written_beside(self.template, value)}
        kind = control.evaluate("node => node.tagName === 'SELECT' ? 'select' : node.type")
        if kind == "select":
            options = control.locator("option").evaluate_all("all => all.map(each => [each.value, each.text.trim()])")
            fits = [code for code, words in options if value == code] or [
                code
                for code, words in options
                if value.split("|")[self.tutorial.language == "en" and "|" in value] in words
            ]
            assert fits, f"{self.page.url}: {value!r} is none of {options[:40]}"
            control.select_option(fits[0])
        elif kind == "file":
            control.set_input_files(value)
        elif kind in ("checkbox", "radio"):
            control.set_checked(bool(value))
        else:
            control.fill(str(value))

    def _says_so_in_the_other_language(self, words: tuple[str, str], fill: Fill | None) -> None:
        """The same page as it is read by whoever speaks the other language: the words, and the labels of the form."""
        other = "zh" if self.tutorial.language == "en" else "en"
        text = " ".join(self.in_language(other).text_content().split())
        labels = [label.split("|")[-1 if other == "en" else 0] for label in (fill.fields if fill else {})]
        missing = [said for said in (words[other == "en"], *labels) if said not in text]
        assert not missing, f"{self.page.url} does not say {missing} in {other}"


def written(template: bytes, sheet: Sheet) -> bytes:
    """The downloaded template with these rows in place of its example."""
    book = openpyxl.load_workbook(io.BytesIO(template))
    page = book.worksheets[0]
    columns = {str(cell.value).split("\n")[0].rstrip("*"): cell.column for cell in page[HEADINGS] if cell.value}
    page.delete_rows(HEADINGS + 1)
    names, *rows = sheet.rows
    for number, row in enumerate(rows, HEADINGS + 1):
        for name, value in zip(names, row, strict=True):
            page.cell(number, columns[name], value)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def written_by_codes(template: bytes, tables: Tables) -> bytes:
    """A form's template as a clerk fills it in: by the columns' hidden codes, from the row below the units."""
    book = openpyxl.load_workbook(io.BytesIO(template))
    for mark, rows in tables.rows.items():
        sheet = next(sheet for sheet in book if mark in {cell.value for cell in sheet[CODES]})
        columns = {cell.value: cell.column for cell in sheet[CODES] if cell.value}
        for number, row in enumerate(rows, FIRST):
            for name, value in row.items():
                sheet.cell(number, columns[name], value)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def written_beside(template: bytes, beside: Beside) -> bytes:
    """A template that has its rows already: each is completed by what is known of its kind."""
    book = openpyxl.load_workbook(io.BytesIO(template))
    whole = next(sheet for sheet in book if set(beside.whole) <= {cell.value for cell in sheet[CODES]})
    for cell in whole[CODES]:
        if cell.value in beside.whole:
            whole.cell(FIRST, cell.column, beside.whole[cell.value])
    sheet = next(sheet for sheet in book if beside.mark in {cell.value for cell in sheet[CODES]})
    columns = {cell.value: cell.column for cell in sheet[CODES] if cell.value}
    for number in range(FIRST, sheet.max_row + 1):
        said = str(sheet.cell(number, columns["parameter"]).value or "")
        if said:
            kind = next(kind for words, kind in beside.by_words.items() if said.startswith(words))
            for name, value in kind.items():
                sheet.cell(number, columns[name], value)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
