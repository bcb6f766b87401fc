from django.apps import AppConfig


class CcerConfig(AppConfig):
    name = "tanzhi.ccer"
    label = "ccer"
    default_auto_field = "django.db.models.BigAutoField"
