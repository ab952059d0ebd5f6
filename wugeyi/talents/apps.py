from django.apps import AppConfig


class TalentsConfig(AppConfig):
    name = "wugeyi.talents"
    verbose_name = "四乡人才"
    default_auto_field = "django.db.models.BigAutoField"
