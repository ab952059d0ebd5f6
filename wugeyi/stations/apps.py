from django.apps import AppConfig


class StationsConfig(AppConfig):
    name = "wugeyi.stations"
    verbose_name = "驿站"
    default_auto_field = "django.db.models.BigAutoField"
