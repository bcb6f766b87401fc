"""Named figures and their lineage: what is published, and the walk down to the cell that was filed."""

from .answers import FigureAnswer, FigureFault, Part, count_of, group, ratio, sum_of
from .lineage import explain, explains
from .nodes import Fact, LineageNode
from .questions import Question, Ref, Unanswerable
from .registry import FIGURES, Figure, FigureValue, ask, figure
from .spans import Span
from .wording import as_text

__all__ = [
    "FIGURES",
    "Fact",
    "Figure",
    "FigureAnswer",
    "FigureFault",
    "FigureValue",
    "LineageNode",
    "Part",
    "Question",
    "Ref",
    "Span",
    "Unanswerable",
    "as_text",
    "ask",
    "count_of",
    "explain",
    "explains",
    "figure",
    "group",
    "ratio",
    "sum_of",
]
