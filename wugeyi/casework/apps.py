from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    name = "wugeyi.casework"
    verbose_name = "诉求"
    default_auto_field = "django.db.models.BigAutoField"
