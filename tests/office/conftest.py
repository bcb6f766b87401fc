"""Letters and imports are tried with the made-up kind of work."""

from tests.workflow.conftest import vacation, vacation_table

__all__ = ["vacation", "vacation_table"]
