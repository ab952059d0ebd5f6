from pathlib import Path

from django.apps import AppConfig


class BranchworkConfig(AppConfig):
    name = "wugeyi.branchwork"
    verbose_name = "支部工作"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Give the audit words, figures their measures, pages their places."""
        from wugeyi.audit import phrases
        from wugeyi.branchwork import models as kept
        from wugeyi.branchwork import phrases as own
        from wugeyi.branchwork.context import case_panel, own_places
        from wugeyi.branchwork.queries.opening import KINDS, opener
        from wugeyi.casework import panels
        from wugeyi.figures import catalogue, naming, openers
        from wugeyi.organisations import navigation

        phrases.name_acts(own.ACTS)
        phrases.name_subjects(own.SUBJECTS)
        # A field that has a name already keeps it: one name serves every table.
        phrases.name_fields(
            {
                code: name
                for code, name in own.FIELDS.items()
                if phrases.field_name(code) == code
            }
        )
        for field, names in own.values():
            phrases.name_values(field, names)
        navigation.register(own_places)
        panels.register(case_panel)
        catalogue.register("branchwork", Path(__file__).with_name("measures.toml"))
        for kind, model in KINDS.items():
            openers.register(kind, opener(model))
        for source, column, namer in (
            ("decisions", "topic", naming.of_rows(kept.Topic)),
            ("suggestions", "kind", naming.of_choices(kept.suggestions.From.choices)),
            ("duty_records", "item", naming.of_rows(kept.DutyItem)),
            ("headcounts", "kind", naming.of_rows(kept.HeadcountKind)),
            (
                "secretary_terms",
                "leads_unit",
                naming.of_choices(kept.team.Leads.choices),
            ),
            (
                "vanguard_posts",
                "kind",
                naming.of_choices(kept.VanguardPost.Kind.choices),
            ),
        ):
            naming.register(source, column, namer)
