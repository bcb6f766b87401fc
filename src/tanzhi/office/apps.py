from importlib import import_module

from django.apps import AppConfig

from tanzhi.actions.roles import ADMINISTRATORS, HEAD
from tanzhi.organisations.installation.roles import READERS
from tanzhi.presentation import navigation
from tanzhi.rulebook.kernel.text import Text

MODULES = (
    "letters.work",
    "letters.todos",
    "letters.panel",
    "letters.preview",
    "letters.wording.work",
    "letters.wording.preview",
    "applications.work",
    "code_lists.work",
    "code_lists.preview",
    "registers.organisations",
    "registers.people",
)
"""What registers itself when it is imported: actions, things to do, the letters on the page of a case."""


class OfficeConfig(AppConfig):
    name = "tanzhi.office"
    label = "office"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        for module in MODULES:
            import_module(f"{self.name}.{module}")
        deciders = {*ADMINISTRATORS, HEAD}
        navigation.register("top", Text("本单位人员", "Own staff"), "organisations:own_people", 16, {HEAD})
        navigation.register("ground", Text("账户申请", "Account applications"), "cases:applications", 42, deciders)
        navigation.register("platform", Text("文书行文", "Wording of letters"), "cases:letters", 41, READERS)
        navigation.register("platform", Text("代码表", "Code lists"), "cases:code_lists", 42, READERS)
