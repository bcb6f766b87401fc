"""This room's entries in the navigation."""

from tanzhi.presentation.navigation import AUTHORITY, register
from tanzhi.rulebook.kernel.text import Text

register("top", Text("一览", "At a glance"), "bulletin:glance_latest", 15, AUTHORITY)
register("top", Text("发布稿存档", "Archive"), "bulletin:archive", 25)
