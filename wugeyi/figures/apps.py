from django.apps import AppConfig


class FiguresConfig(AppConfig):
    name = "wugeyi.figures"
    verbose_name = "数字"
    default_auto_field = "django.db.models.BigAutoField"
