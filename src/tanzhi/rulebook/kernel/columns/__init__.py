"""A whole population at once: the same rules on NumPy columns, with a proven error bound, equal to records."""

from .evaluator import Columns
from .result import ColumnResult
from .tables import BLANK_UNITS, EXCLUDED_UNITS, NOT_REPORTED_UNITS, Coded, flatten

__all__ = ["BLANK_UNITS", "EXCLUDED_UNITS", "NOT_REPORTED_UNITS", "Coded", "ColumnResult", "Columns", "flatten"]
