"""The only writers of this room: the tables of projects and of monitoring reports, and the public's comments."""

from .commenting import answer_comment, comment
from .workflow import CREDIT_PROJECT, CREDIT_REPORT

__all__ = ["CREDIT_PROJECT", "CREDIT_REPORT", "answer_comment", "comment"]
