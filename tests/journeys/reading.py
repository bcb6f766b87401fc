"""What is wrong with a page for whoever reads it: by axe, by keyboard, on a desk and on a phone, on a sheet of A4."""

from __future__ import annotations

from typing import TYPE_CHECKING

from axe_playwright_python.sync_playwright import Axe

from tests.journeys.conftest import PHONE, WIDE

if TYPE_CHECKING:
    from playwright.sync_api import Page

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], "resultTypes": ["violations"]}
BUT_COLOURS = RULES | {"rules": {"color-contrast": {"enabled": False}}}  # which cost more than all others together
PUT_IN = "0"  # a page has axe's whole script from the first look on
SHORTENED = """rows => {
  window.setAside = [...document.querySelectorAll("tbody")].map(body => [body, [...body.rows].slice(rows)])
  for (const [body, further] of window.setAside) further.forEach(row => row.remove())
}"""
WHOLE_AGAIN = "() => window.setAside.forEach(([body, further]) => body.append(...further))"
ROWS = 12  # of a table, whose further rows are made as these are; axe takes a time that grows with their fields
# 210 mm less two margins of 16 mm, and 297 mm less two of 18 mm, at 96 pixels an inch
PAPER = {"width": 672, "height": 986}
BEYOND = """width => [...document.querySelectorAll("main *")]
  .filter(node => node.getClientRects().length && node.getBoundingClientRect().right > width + 1)
  .slice(0, 3).map(node => node.outerHTML.slice(0, 120))"""

BY_MOUSE_ALONE = """() => {
  const stops = "a[href], button, input, select, textarea, summary, [tabindex]"
  const shown = node => node.checkVisibility({visibilityProperty: true}) && node.type !== "hidden" && !node.disabled
  const says = (node, why) => `${why}: ${node.outerHTML.slice(0, 120)}`
  const faults = []
  for (const node of [...document.querySelectorAll(stops)].filter(shown)) {
    if (node.tabIndex > 0) faults.push(says(node, "out of the order of the page"))
    if (node.tabIndex < 0) continue
    node.focus()
    const box = node.getBoundingClientRect()
    if (document.activeElement !== node) faults.push(says(node, "takes no focus"))
    else if (getComputedStyle(node).outlineStyle === "none") faults.push(says(node, "does not show its focus"))
    else if (box.right < 0 || box.bottom < 0 || box.left > innerWidth || box.top > innerHeight)
      faults.push(says(node, "is out of sight with the focus on it"))
  }
  for (const node of document.querySelectorAll("body *"))
    if (getComputedStyle(node).cursor === "pointer" && shown(node) && !node.closest(`${stops}, label`))
      faults.push(says(node, "only by the mouse"))
  document.activeElement.blur()
  for (const node of document.querySelectorAll("*")) node.scrollTo(0, 0)  // tables that followed the focus, too
  return faults.slice(0, 5)
}"""


def faults_of(page: Page, address: str, *views: dict[str, int]) -> list[str]:
    """What axe finds in each view (both, unless some are named), and whether the page is wider than a desk or a phone.

    Colours are measured in the first view of a Chinese page: style sheets know no language but in fonts.
    """
    views = views or (WIDE, PHONE)
    page.set_viewport_size(views[0])
    response = page.goto(address)
    assert response is not None
    assert response.status == 200, address
    faults = _too_wide(page, address) + _cut_on_paper(page, address)
    page.evaluate(SHORTENED, ROWS)
    chinese, axe = page.evaluate("document.documentElement.lang").startswith("zh"), Axe()
    page.set_viewport_size(views[0])
    faults += [f"{address} (keyboard): {fault}" for fault in page.evaluate(BY_MOUSE_ALONE)]
    for viewport in views:
        page.set_viewport_size(viewport)
        rules = RULES if chinese and viewport is views[0] else BUT_COLOURS
        violations = axe.run(page, options=rules).response["violations"]
        axe = Axe(PUT_IN)
        faults += [
            f"{address} ({_name(viewport)}): {one['id']}: {node['html'][:160]}"
            for one in violations
            for node in one["nodes"]
        ]
    page.evaluate(WHOLE_AGAIN)  # whoever looked goes on with the page
    return faults


def _name(viewport: dict[str, int]) -> str:
    return "phone" if viewport == PHONE else "desk"


def _too_wide(page: Page, address: str) -> list[str]:
    """Where the page would have to be pushed sideways."""
    faults = []
    for viewport in (WIDE, PHONE):
        page.set_viewport_size(viewport)
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > viewport["width"]:
            faults.append(f"{address} ({_name(viewport)}): {width} px wide")
    return faults


def _cut_on_paper(page: Page, address: str) -> list[str]:
    """What a sheet of A4 would cut off: whatever reaches beyond its right edge, as printed."""
    page.set_viewport_size(PAPER)
    page.emulate_media(media="print")
    cut = page.evaluate(BEYOND, PAPER["width"])
    page.emulate_media(media="screen")
    return [f"{address} (A4): {element}" for element in cut]
