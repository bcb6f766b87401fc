"""Which pages take a form: whoever else is sent one refuses it by its method, before anything is composed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

View = TypeVar("View", bound=Callable[..., Any])


def takes_form(view: View) -> View:
    """Say so of a page, innermost of its decorators: `login_required` and the like hand it on."""
    view.takes_form = True  # type: ignore[attr-defined]  # a function's own attribute
    return view
