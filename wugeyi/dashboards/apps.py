from django.apps import AppConfig


class DashboardsConfig(AppConfig):
    name = "wugeyi.dashboards"
    verbose_name = "总览"
    default_auto_field = "django.db.models.BigAutoField"
