from pathlib import Path

from django.apps import AppConfig


class CirclesConfig(AppConfig):
    name = "wugeyi.circles"
    verbose_name = "15 分钟生活圈"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tell the apps below what is written, counted, opened, shown and done here."""
        from wugeyi.audit import phrases
        from wugeyi.branchwork import panels as decision_panels
        from wugeyi.casework import panels as case_panels
        from wugeyi.circles import context, tasks
        from wugeyi.circles import phrases as own
        from wugeyi.circles.queries.opening import OPENERS
        from wugeyi.figures import catalogue, naming, openers
        from wugeyi.organisations import navigation
        from wugeyi.places.models import FacilityKind
        from wugeyi.projects import panels as project_panels

        phrases.name_acts(own.ACTS)
        phrases.name_subjects(own.SUBJECTS)
        phrases.name_fields(own.FIELDS)
        for field, names in own.values():
            phrases.name_values(field, names)
        catalogue.register("circles", Path(__file__).with_name("measures.toml"))
        for kind, opener in OPENERS.items():
            openers.register(kind, opener)
        naming.register("circle_coverage", "kind", naming.of_rows(FacilityKind))
        tasks.register()
        navigation.register(context.own_places)
        navigation.register_public(context.public_places)
        case_panels.register(context.case_panel)
        decision_panels.register(context.decision_panel)
        project_panels.register(context.project_panel)
