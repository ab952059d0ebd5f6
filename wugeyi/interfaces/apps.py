from django.apps import AppConfig


class InterfacesConfig(AppConfig):
    name = "wugeyi.interfaces"
    verbose_name = "开放接口"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Open the tables that are open to everybody."""
        from wugeyi.interfaces.queries import data

        data.register_all()
