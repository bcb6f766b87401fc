"""Values of national plans and lists (国家方案与名录): a guideline of dated values alone.

A year's list of key emission units is drawn up by its threshold and years (streams/verification/key_list). No rule
and no room computes with the others yet: targets of the peaking plan, the coefficient of steel, cement and aluminium
for 2026. They stand here with their sources so that whoever does finds them in the tree,
and so that two administrators replace one that changes.
"""

from tanzhi.rulebook.kernel import Guideline, Level, Text

national_plans = Guideline(
    "national_plans",
    title=Text("国家方案与名录", "National plans and lists"),
    levels={"matter": Level("matters", Text("事项", "Matter"))},
)

national_plans.seal()
