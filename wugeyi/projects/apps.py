from pathlib import Path

from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    name = "wugeyi.projects"
    verbose_name = "项目"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say what is written, counted, opened and shown here."""
        from wugeyi.audit import phrases
        from wugeyi.branchwork import panels as decision_panels
        from wugeyi.casework import panels as case_panels
        from wugeyi.figures import catalogue, naming, openers
        from wugeyi.organisations import navigation
        from wugeyi.projects import context
        from wugeyi.projects import phrases as own
        from wugeyi.projects.models import money, projects
        from wugeyi.projects.queries.opening import OPENERS

        phrases.name_acts(own.ACTS)
        phrases.name_subjects(own.SUBJECTS)
        phrases.name_fields(own.FIELDS)
        for field, names in own.values():
            phrases.name_values(field, names)
        catalogue.register("projects", Path(__file__).parent / "measures.toml")
        for kind, opener in OPENERS.items():
            openers.register(kind, opener)
        navigation.register(context.own_places)
        navigation.register_public(context.public_places)
        case_panels.register(context.case_panel)
        decision_panels.register(context.decision_panel)
        kinds = naming.of_choices(projects.Kind.choices)
        partners = naming.of_choices(
            (kind.value, name) for kind, name in money.PARTNER_NAMES.items()
        )
        states = naming.of_choices(
            (state.value, name) for state, name in projects.STATE_NAMES.items()
        )
        for source, column, namer in (
            ("projects", "kind", kinds),
            ("projects", "state", states),
            ("projects", "level", naming.of_choices(projects.Level.choices)),
            ("project_money", "project_kind", kinds),
            ("project_partners", "kind", partners),
            ("project_results", "kind", kinds),
        ):
            naming.register(source, column, namer)
