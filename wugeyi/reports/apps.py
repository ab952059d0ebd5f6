from pathlib import Path

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "wugeyi.reports"
    verbose_name = "报表"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Give the audit its words, figures the measures, the navigation its place."""
        from wugeyi.audit import phrases
        from wugeyi.figures import catalogue, openers
        from wugeyi.organisations import navigation
        from wugeyi.reports import phrases as own
        from wugeyi.reports.context import own_places
        from wugeyi.reports.queries import opening

        phrases.name_acts(own.ACTS)
        phrases.name_subjects(own.SUBJECTS)
        phrases.name_fields(own.FIELDS)
        catalogue.register("reports", Path(__file__).with_name("measures.toml"))
        openers.register("filled_form", opening.fillings)
        openers.register("asked_form", opening.forms)
        navigation.register(own_places)
