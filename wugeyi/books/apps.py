from pathlib import Path

from django.apps import AppConfig


class BooksConfig(AppConfig):
    name = "wugeyi.books"
    verbose_name = "村账"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tell the apps below what is written, counted, opened, shown and done here."""
        from wugeyi.audit import phrases
        from wugeyi.books import context, tasks
        from wugeyi.books import phrases as own
        from wugeyi.books.actions import telling
        from wugeyi.books.models import Regime
        from wugeyi.books.queries.opening import OPENERS
        from wugeyi.books.queries.totals import BANDS
        from wugeyi.branchwork import panels as decision_panels
        from wugeyi.casework import panels as case_panels
        from wugeyi.figures import catalogue, naming, openers
        from wugeyi.organisations import navigation

        phrases.name_acts(own.ACTS)
        phrases.name_subjects(own.SUBJECTS)
        phrases.name_fields(
            {
                code: name
                for code, name in own.FIELDS.items()
                if phrases.field_name(code) == code
            }
        )
        for field, names in own.values():
            phrases.name_values(field, names)
        navigation.register(context.own_places)
        navigation.register_public(context.public_places)
        case_panels.register(context.case_panel)
        decision_panels.register(context.decision_panel)
        tasks.register()
        telling.register()
        catalogue.register("books", Path(__file__).with_name("measures.toml"))
        for kind, opener in OPENERS.items():
            openers.register(kind, opener)
        for source in ("books", "book_months", "book_years"):
            naming.register(source, "regime", naming.of_choices(Regime.choices))
        naming.register("book_years", "band", naming.of_choices(BANDS))
