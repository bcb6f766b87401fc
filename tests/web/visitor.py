"""Somebody before a browser without scripts: reads a page, follows its links, fills its forms in and presses buttons.

By words alone, as they stand on the page, in one of the two languages; `pressed` notes them in their order.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

import lxml.html
from django.test import Client
from lxml.html import FormElement, HtmlElement

EXPLANATION = "已核对原始记录"  # of whatever the checks ask
FOLLOWED = 12  # redirects, before a circle is assumed


class Visitor:
    """One person with a browser of his own."""

    def __init__(self, language: str, pressed: list[str]) -> None:
        self.client = Client(headers={"accept-language": "en" if language == "en" else "zh-hans"})
        self.client.raise_request_exception = True
        self.language, self.pressed = language, pressed
        self.address, self.page = "", lxml.html.fromstring("<html></html>")

    def open(self, address: str) -> None:
        """Type an address, as somebody does who was given a link."""
        self._arrive(address, self.client.get(address))

    def follow(self, zh: str, en: str, *, within: str = "") -> None:
        """Click the first link that says this and nothing else, or else the first that has it in it.

        `within`: a class of what the link stands in, where the menu says the same.
        """
        words = self._words(zh, en)
        places = self.page.find_class(within) if within else [self.page]
        links = [link for place in places for link in place.iter("a") if link.get("href")]
        exact = [link for link in links if _text(link) == words]
        link = next(iter(exact or [link for link in links if words in _text(link)]), None)
        assert link is not None, f"{self.address} has no link {words!r}: {sorted({_text(each) for each in links})}"
        self.open(link.get("href", ""))

    def press(
        self,
        zh: str,
        en: str,
        filled: Mapping[str, Any] | None = None,
        *,
        ticked: Mapping[str, bool] | None = None,
        lines: Mapping[str, list[str]] | None = None,
    ) -> None:
        """Fill the form in beside this button, control by control by what its label begins with, and press it."""
        words = self._words(zh, en)
        form, button = self._form_with(words)
        for question in self.page.xpath("//textarea[@form=$id]", id=form.get("id", "-")):
            question.text = EXPLANATION
        data = self._standing(form)
        for label, value in (filled or {}).items():
            control = self._control(form, label)
            if control.tag == "fieldset":  # of radio buttons
                control = next(
                    each for each in control.iter("input") if value in (each.get("value"), _text(each.getparent()))
                )
            data[control.get("name", "")] = self._typed(control, value)
        for value, tick in (ticked or {}).items():
            boxes = [box for box in form.iter("input") if box.get("value") == value and box.get("type") == "checkbox"]
            assert boxes, f"{self.address} has no box {value}"
            name = boxes[0].get("name", "")
            data[name] = [each for each in data.get(name, []) if each != value] + ([value] if tick else [])
        for name, values in (lines or {}).items():  # a grid of one column
            data |= {f"{name}-{at}-value": value for at, value in enumerate(values)}
        if button.get("name"):
            data[button.get("name", "")] = button.get("value", "")
        address = form.get("action") or self.address
        if (form.get("method") or "get").lower() == "post":
            self._arrive(address, self.client.post(address, data))
        else:
            self._arrive(address, self.client.get(address.partition("?")[0], data))

    @property
    def text(self) -> str:
        return _text(self.page)

    def _words(self, zh: str, en: str) -> str:
        words = en if self.language == "en" else zh
        self.pressed.append(words)
        return words

    def _arrive(self, address: str, response: Any) -> None:
        for _ in range(FOLLOWED):
            if response.status_code not in (301, 302):
                break
            address = response.headers["location"]
            response = self.client.get(address)
        self.address = address.partition("#")[0]
        content = response.content.decode() if "html" in response.headers.get("content-type", "") else "<html></html>"
        self.page = lxml.html.fromstring(content)
        said = " ".join(_text(each) for each in self.page.find_class("finding") + self.page.find_class("wrong"))
        assert response.status_code == 200, f"{address}: {response.status_code} {said or self.text[:300]}"

    def _form_with(self, words: str) -> tuple[FormElement, HtmlElement]:
        for form in self.page.forms:
            for button in form.iter("button"):
                if _text(button) == words:
                    return form, button
        offered = sorted({_text(button) for button in self.page.iter("button")})
        raise AssertionError(f"{self.address} has no button {words!r}: {offered}")

    def _standing(self, form: FormElement) -> dict[str, Any]:
        """What would be posted untouched; a name that is posted several times is a list."""
        data: dict[str, Any] = {}
        beside = self.page.xpath("//*[@form=$id and @name]", id=form.get("id", "-"))  # its fields elsewhere on the page
        for name, value in [*form.form_values(), *((each.get("name"), each.value) for each in beside)]:
            data.setdefault(name, []).append(value)
        several = {box.get("name") for box in form.iter("input") if box.get("type") == "checkbox"}
        return {name: values if name in several or len(values) > 1 else values[0] for name, values in data.items()}

    def _control(self, form: FormElement, label: str) -> HtmlElement:
        for each in form.iter("label"):
            if _text(each).startswith(label) and each.get("for"):
                [control] = form.xpath(".//*[@id=$id]", id=each.get("for"))
                return control
            if _text(each).startswith(label) and (around := each.xpath(".//input|.//select|.//textarea")):
                return around[0]
        for group in form.iter("fieldset"):
            if any(_text(legend).startswith(label) for legend in group.iter("legend")):
                return group
        raise AssertionError(f"{self.address} has no field {label!r}: {[_text(each) for each in form.iter('label')]}")

    def _typed(self, control: HtmlElement, value: Any) -> Any:
        if isinstance(value, tuple):  # a file: its name and its bytes
            file = io.BytesIO(value[1])
            file.name = value[0]
            return file
        if control.get("type") in ("radio", "checkbox"):
            return control.get("value")
        if control.tag != "select":
            return value
        options = {_text(option): option.get("value") for option in control.iter("option")}
        if value in options.values():
            return value
        code = options.get(value) or next((code for words, code in options.items() if value in words), None)
        assert code is not None, f"{self.address}: {value!r} is none of {sorted(options)}"
        return code


def _text(element: Any) -> str:
    return " ".join(element.text_content().split())
