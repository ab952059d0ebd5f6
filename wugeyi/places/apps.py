from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "wugeyi.places"
    verbose_name = "设施与路网"
    default_auto_field = "django.db.models.BigAutoField"
