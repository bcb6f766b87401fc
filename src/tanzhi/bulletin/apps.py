from importlib import import_module

from django.apps import AppConfig

from tanzhi.organisations.installation.roles import READERS
from tanzhi.presentation.navigation import AUTHORITY, register
from tanzhi.rulebook.kernel.text import Text


class BulletinConfig(AppConfig):
    name = "tanzhi.bulletin"
    label = "bulletin"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """The moves of an edition become actions when they are imported."""
        for module in ("editions", "published", "wording.work", "wording.preview"):
            import_module(f"{self.name}.{module}")
        register("top", Text("公开信息", "Public information"), "bulletin:portal", 12)
        register("top", Text("开放数据", "Open data"), "bulletin:data", 28)
        register("top", Text("一览", "At a glance"), "bulletin:glance_latest", 15, AUTHORITY)
        register("top", Text("发布稿存档", "Archive"), "bulletin:archive", 25)
        register("platform", Text("发布稿行文", "Rows and wording"), "bulletin:rows", 40, READERS)
