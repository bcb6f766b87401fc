"""A printed figure as a test needs it."""

from typing import Any

from tanzhi.bulletin.content import PrintedLine
from tanzhi.rulebook.kernel import Text

WORDS = Text("字", "words")


def printed_line(**fields: Any) -> PrintedLine:
    """A known figure; `fields` say what is otherwise, by the names of the JSON."""
    known = {
        "figure": "a.figure", "title": WORDS, "stream": "a", "row": 1, "period": "2024H1", "region": "", "filters": {},
        "value": "1", "unit": "t", "state": "known", "reason": None, "marks": [], "ref": "figure:a.figure",
        "sentence": WORDS, "short": WORDS, "full": WORDS, "unit_words": WORDS, "state_label": WORDS, "scope": None,
        "reservations": [], "comparison": None, "headline": False,
    }  # fmt: skip
    return PrintedLine.model_validate(known | fields)
