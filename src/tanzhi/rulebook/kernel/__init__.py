"""What law is written with: a guideline, its rules and words, exact evaluation, and the walk down a figure."""

from .catalogue import catalogue, guidelines
from .checks import check
from .entries import ParameterFault
from .examine import examine
from .finding import Finding
from .forms import FieldSpec, FormSpec, TableSpec, form, forms_of
from .guideline import Guideline
from .industry import ComparedTotal, Industry, LaboratoryTests, Merging
from .parameters import Parameters
from .records import RecordNode
from .rounding import FLOOR, HALF_UP
from .rules import GuidelineFault, Level
from .schema import schema
from .text import Text
from .trace import FormulaStep, InputStep, ParameterStep, RuleStep, TraceStep, explain, explain_text
from .values import Mark, Value
from .words import (
    EULER,
    all_of,
    any_of,
    chosen,
    count,
    given,
    known,
    largest,
    mean,
    others,
    product,
    quotient,
    smallest,
    total,
    weighted_mean,
    where,
)

__all__ = [
    "EULER",
    "FLOOR",
    "HALF_UP",
    "ComparedTotal",
    "FieldSpec",
    "Finding",
    "FormSpec",
    "FormulaStep",
    "Guideline",
    "GuidelineFault",
    "Industry",
    "InputStep",
    "LaboratoryTests",
    "Level",
    "Mark",
    "Merging",
    "ParameterFault",
    "ParameterStep",
    "Parameters",
    "RecordNode",
    "RuleStep",
    "TableSpec",
    "Text",
    "TraceStep",
    "Value",
    "all_of",
    "any_of",
    "catalogue",
    "check",
    "chosen",
    "count",
    "examine",
    "explain",
    "explain_text",
    "form",
    "forms_of",
    "given",
    "guidelines",
    "known",
    "largest",
    "mean",
    "others",
    "product",
    "quotient",
    "schema",
    "smallest",
    "total",
    "weighted_mean",
    "where",
]
