from pathlib import Path

from django.apps import AppConfig


class TalentsConfig(AppConfig):
    name = "wugeyi.talents"
    verbose_name = "四乡人才"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tell the apps below what is written, counted and done here."""
        from wugeyi.audit import phrases
        from wugeyi.figures import catalogue, naming, openers
        from wugeyi.organisations import navigation
        from wugeyi.talents import openers as own_openers
        from wugeyi.talents import phrases as own
        from wugeyi.talents import tasks
        from wugeyi.talents.context import own_places, public_places
        from wugeyi.talents.models import TalentCard, TalentCount, TalentKind

        phrases.name_acts(own.ACTS)
        phrases.name_subjects(own.SUBJECTS)
        phrases.name_fields(own.FIELDS)
        for field, choices in (
            ("change", TalentCount.Change),
            ("end", TalentCard.End),
            ("agreed_how", TalentCard.How),
        ):
            names = {str(code): name for code, name in choices.choices}
            phrases.name_values(field, names)
        catalogue.register("talents", Path(__file__).parent / "measures.toml")
        openers.register("talent_count", own_openers.open_counts)
        openers.register("talent_card", own_openers.open_cards)
        navigation.register(own_places)
        navigation.register_public(public_places)
        tasks.register()
        for source in ("talent_counts", "talent_cards"):
            naming.register(source, "kind", naming.of_rows(TalentKind))
