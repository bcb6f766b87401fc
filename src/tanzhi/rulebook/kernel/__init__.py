"""What law is written with: a guideline, its rules and words, exact evaluation, and the walk down a figure."""

from .finding import Finding
from .guideline import Guideline
from .parameters import ParameterFault, Parameters
from .records import Node, evaluate
from .rounding import FLOOR, HALF_UP
from .rules import GuidelineFault, Level
from .text import Text
from .values import Mark, Value
from .words import (
    all_of,
    any_of,
    chosen,
    count,
    given,
    known,
    largest,
    mean,
    others,
    quotient,
    smallest,
    total,
    weighted_mean,
    where,
)

__all__ = [
    "FLOOR",
    "HALF_UP",
    "Finding",
    "Guideline",
    "GuidelineFault",
    "Level",
    "Mark",
    "Node",
    "ParameterFault",
    "Parameters",
    "Text",
    "Value",
    "all_of",
    "any_of",
    "chosen",
    "count",
    "evaluate",
    "given",
    "known",
    "largest",
    "mean",
    "others",
    "quotient",
    "smallest",
    "total",
    "weighted_mean",
    "where",
]
