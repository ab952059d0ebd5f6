from django.apps import AppConfig


class DashboardsConfig(AppConfig):
    name = "wugeyi.dashboards"
    verbose_name = "总览"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Put the dashboards first in the navigation."""
        from wugeyi.dashboards.context import own_places
        from wugeyi.organisations import navigation

        navigation.register(own_places)
