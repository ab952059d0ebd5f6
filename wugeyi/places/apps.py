from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "wugeyi.places"
    verbose_name = "设施与路网"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tell the apps below what is written, done and shown here."""
        from wugeyi.audit import phrases
        from wugeyi.organisations import navigation
        from wugeyi.places import phrases as own
        from wugeyi.places import works
        from wugeyi.places.context import own_places

        phrases.name_acts(own.ACTS)
        phrases.name_subjects(own.SUBJECTS)
        phrases.name_fields(own.FIELDS)
        navigation.register(own_places)
        works.register()
