"""What people do in every room: press an act's button, fill its form by the fields' names, decide on a proposal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.journeys.reading import faults_of

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

PAPER = {"name": "paper.txt", "mimeType": "text/plain", "buffer": b"paper"}
Value = str | list[str] | bool


def do(page: Page, where: str, act: str, **fields: Value) -> None:
    """Go there, do it; nothing is refused."""
    try_to(page, where, act, **fields)
    expect(page.locator("[role=alert]")).to_have_count(0)


def refused(page: Page, where: str, act: str, code: str, **fields: Value) -> None:
    """Go there, try it; it is refused by a code that stands on the page."""
    try_to(page, where, act, **fields)
    expect(page.locator("[role=alert]").first).to_be_visible()
    expect(page.locator("main")).to_contain_text(code)


def try_to(page: Page, where: str, act: str, **fields: Value) -> None:
    page.goto(where)
    page.locator(f"a.button[href*='/act/{act}/']").first.click()
    for name, value in fields.items():
        fill(page, name.replace("__", "."), value)
    hand_in(page)


def hand_in(page: Page) -> None:
    with page.expect_navigation():
        page.locator("form.action button.primary:visible").click()


def fill(page: Page, name: str, value: Value) -> None:
    """By the kind of the control; a file is the same small paper everywhere, lines are pasted into their grid."""
    if (sheet := page.locator(f"form.action table.sheet[data-name='{name}']")).count():
        lines = [[cell.strip() for cell in line.split("|")] for line in str(value).splitlines()]
        paste(sheet.locator("tbody tr").first.locator("td input, td select").first, lines)
        return
    control = page.locator(f"form.action [name='{name}']")
    kind = control.first.evaluate("node => node.tagName === 'SELECT' ? 'select' : node.type")
    if kind == "select":
        control.select_option(value)  # type: ignore[arg-type]  # a code or a list of codes
    elif kind == "radio":
        page.locator(f"form.action [name='{name}'][value='{value}']").check()
    elif kind == "checkbox":
        control.check()
    elif kind == "file":
        control.set_input_files(PAPER)  # type: ignore[arg-type]  # a file in memory
    else:
        control.fill(str(value))


def approve(proposer: Page, second: Page, case: str) -> None:
    """Who proposed finds the way to the proposal and no decision there; another person approves."""
    proposal = "main .message a[href*='/cases/proposals/']"
    proposer.goto(case)
    proposer.locator(proposal).first.click()
    proposer.wait_for_url("**/cases/proposals/**")
    expect(proposer.locator("button[value=withdraw]")).to_have_count(1)
    expect(proposer.locator("button[value=approve], button[value=reject]")).to_have_count(0)
    second.goto(case)
    second.locator(proposal).first.click()
    with second.expect_navigation():
        second.locator("button[value=approve]").click()


def approve_at_home(second: Page, label: str) -> None:
    """What somebody handed in stands by its name among another person's things to do; there it is approved."""
    second.goto("/")
    with second.expect_navigation():
        second.locator("main a[href*='/cases/proposals/']", has_text=label).first.click()
    with second.expect_navigation():
        second.locator("button[value=approve]").click()
    expect(second.locator("[role=alert]")).to_have_count(0)


def found(page: Page, listing: str, name: str) -> str:
    """The address behind a name in a list."""
    page.goto(listing)
    return str(page.get_by_role("link", name=name, exact=True).first.get_attribute("href"))


def read(page: Page, address: str, view: dict[str, int]) -> list[str]:
    """What axe and the width of the window find on a page."""
    page.set_viewport_size({"width": view["width"], "height": view["height"]})
    return faults_of(page, address, view)


def paste(into: Locator, lines: list[list[str]]) -> None:
    """What the browser tells the page when somebody who comes from a spreadsheet presses Ctrl+V."""
    text = "\n".join("\t".join(line) for line in lines) + "\n"
    into.evaluate(
        """(field, text) => {
            const clipboardData = new DataTransfer();
            clipboardData.setData("text/plain", text);
            field.dispatchEvent(new ClipboardEvent("paste", {clipboardData, bubbles: true, cancelable: true}));
        }""",
        text,
    )
