"""Days, periods, numbers of persons and thresholds of procedures (程序与期限): a guideline of dated values alone.

No rule computes with them. Whoever needs one asks `law.evaluation` for the day that counts, by its full name, such as
`procedure.deposit_days`; `parameters/procedure/` holds them by the chapters of the law.
"""

from tanzhi.rulebook.kernel import Guideline, Level, Text

procedure = Guideline(
    "procedure",
    title=Text("程序与期限", "Procedure and deadlines"),
    levels={"matter": Level("matters", Text("事项", "Matter"))},
)

procedure.seal()
