from pathlib import Path

from django.apps import AppConfig


class BuslinesConfig(AppConfig):
    name = "wugeyi.buslines"
    verbose_name = "惠农专线"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tell the apps below what is written, counted, opened, shown and done here."""
        from wugeyi.audit import phrases
        from wugeyi.buslines import context, tasks
        from wugeyi.buslines import phrases as own
        from wugeyi.buslines.models import SurveyFinding
        from wugeyi.buslines.queries.opening import OPENERS
        from wugeyi.casework import panels as case_panels
        from wugeyi.figures import catalogue, naming, openers
        from wugeyi.organisations import navigation

        phrases.name_acts(own.ACTS)
        phrases.name_subjects(own.SUBJECTS)
        phrases.name_fields(own.FIELDS)
        for field, names in own.values():
            phrases.name_values(field, names)
        navigation.register(context.own_places)
        navigation.register_public(context.public_places)
        tasks.register()
        case_panels.register(context.case_panel)
        catalogue.register("buslines", Path(__file__).with_name("measures.toml"))
        for kind, opener in OPENERS.items():
            openers.register(kind, opener)
        kinds = naming.of_choices(SurveyFinding.What.choices)
        naming.register("line_findings", "what", kinds)
