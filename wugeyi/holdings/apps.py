from django.apps import AppConfig


class HoldingsConfig(AppConfig):
    name = "wugeyi.holdings"
    verbose_name = "台账"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say what is written here and where one finds it."""
        from wugeyi.audit import phrases
        from wugeyi.holdings import context
        from wugeyi.holdings import phrases as own
        from wugeyi.organisations import navigation
        from wugeyi.projects import panels

        phrases.name_acts(own.ACTS)
        phrases.name_subjects(own.SUBJECTS)
        phrases.name_fields(own.FIELDS)
        for field, names in own.values():
            phrases.name_values(field, names)
        navigation.register(context.own_places)
        panels.register(context.project_panel)
