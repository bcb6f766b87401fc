from django.apps import AppConfig


class BulletinConfig(AppConfig):
    name = "tanzhi.bulletin"
    label = "bulletin"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """The moves of an edition become actions, and its pages entries, when they are read."""
        from . import editions, entries, published

        self.parts = (editions, entries, published)
