from django.apps import AppConfig


class ServicesConfig(AppConfig):
    name = "wugeyi.services"
    verbose_name = "一站式服务"
    default_auto_field = "django.db.models.BigAutoField"
