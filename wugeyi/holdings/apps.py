from pathlib import Path

from django.apps import AppConfig


class HoldingsConfig(AppConfig):
    name = "wugeyi.holdings"
    verbose_name = "台账"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say what is written here and where one finds it."""
        from wugeyi.audit import phrases
        from wugeyi.figures import catalogue, naming, openers
        from wugeyi.holdings import context
        from wugeyi.holdings import phrases as own
        from wugeyi.holdings.models.companies import FORM_NAMES, PARTY_NAMES
        from wugeyi.holdings.queries.opening import OPENERS
        from wugeyi.organisations import navigation
        from wugeyi.projects import panels

        phrases.name_acts(own.ACTS)
        phrases.name_subjects(own.SUBJECTS)
        phrases.name_fields(own.FIELDS)
        for field, names in own.values():
            phrases.name_values(field, names)
        navigation.register(context.own_places)
        panels.register(context.project_panel)
        catalogue.register("holdings", Path(__file__).with_name("measures.toml"))
        for kind, opener in OPENERS.items():
            openers.register(kind, opener)
        naming.register(
            "holdings_companies", "form", naming.of_choices(FORM_NAMES.items())
        )
        naming.register(
            "holdings_pay_ins", "party", naming.of_choices(PARTY_NAMES.items())
        )
