from pathlib import Path

from django.apps import AppConfig


class ServicesConfig(AppConfig):
    name = "wugeyi.services"
    verbose_name = "一站式服务"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tell the apps below what is written, counted, shown and done here."""
        from wugeyi.audit import phrases
        from wugeyi.casework import panels
        from wugeyi.figures import catalogue, naming, openers
        from wugeyi.organisations import navigation
        from wugeyi.organisations.models import Organisation
        from wugeyi.services import openers as own_openers
        from wugeyi.services import phrases as own
        from wugeyi.services import tasks
        from wugeyi.services.context import own_places, public_places
        from wugeyi.services.models.visits import RESULT_NAMES
        from wugeyi.services.panels import trips_of_case

        phrases.name_acts(own.ACTS)
        phrases.name_subjects(own.SUBJECTS)
        phrases.name_fields(own.FIELDS)
        phrases.name_values(
            "result", {code.value: name for code, name in RESULT_NAMES.items()}
        )
        catalogue.register("services", Path(__file__).parent / "measures.toml")
        openers.register("matter", own_openers.open_matters)
        openers.register("visit", own_openers.open_visits)
        openers.register("service", own_openers.open_services)
        panels.register(trips_of_case)
        navigation.register(own_places)
        navigation.register_public(public_places)
        tasks.register()
        naming.register("service_matters", "stuck", naming.of_rows(Organisation))
