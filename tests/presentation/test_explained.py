"""Where a value is explained is written once: for lists, pages and letters the same address."""

from urllib.parse import parse_qs, urlsplit

from django.template import Context, Template

from tanzhi.figures.calculated import calculation_ref
from tanzhi.figures.questions import Ref
from tanzhi.presentation.addresses import explain_url


def ref_in(address: str) -> Ref:
    """The reference that the page of explanations reads out of an address."""
    parts = urlsplit(address)
    assert parts.path == "/explain/"
    (written,) = parse_qs(parts.query)["ref"]
    return Ref.parse(written)


def test_the_address_of_an_explanation_brings_the_whole_reference() -> None:
    ref = Ref("result", "7", {"at": "units[1].months[2023-06]", "name": "unit_heat"})
    assert ref_in(explain_url(ref)) == ref


def test_a_quantity_of_the_top_record_is_named_alike_in_code_and_on_pages() -> None:
    written = Template('{% load tanzhi %}{% explain_address "ccer.design" key "reduction" %}').render(
        Context({"key": 12})
    )
    assert ref_in(written.replace("&amp;", "&")) == Ref("ccer.design", "12", {"at": "", "name": "reduction"})
    assert ref_in(explain_url(calculation_ref("ccer.design", 12, "reduction"))) == ref_in(written)


def test_a_record_is_explained_by_its_key_alone() -> None:
    written = Template('{% load tanzhi %}{% explain_address "registry.surrender" 3 %}').render(Context())
    assert ref_in(written) == Ref("registry.surrender", "3")
