from pathlib import Path

from django.apps import AppConfig


class SharingConfig(AppConfig):
    name = "wugeyi.sharing"
    verbose_name = "共建共享"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say what is written here, where one finds it, what is done by the clock."""
        from wugeyi.audit import phrases
        from wugeyi.figures import catalogue, naming, openers
        from wugeyi.organisations import navigation
        from wugeyi.sharing import context, tasks
        from wugeyi.sharing import phrases as own
        from wugeyi.sharing.models import Partner, Word
        from wugeyi.sharing.queries.opening import OPENERS
        from wugeyi.sharing.views import following

        phrases.name_acts(own.ACTS)
        phrases.name_subjects(own.SUBJECTS)
        phrases.name_fields(own.FIELDS)
        for field, names in own.values():
            phrases.name_values(field, names)
        navigation.register(context.own_places)
        navigation.register_public(context.public_places)
        tasks.register()
        following.register()
        catalogue.register("sharing", Path(__file__).with_name("measures.toml"))
        for kind, opener in OPENERS.items():
            openers.register(kind, opener)
        naming.register(
            "sharing_partners", "kind", naming.of_choices(Partner.Kind.choices)
        )
        for source in ("sharing_things", "sharing_uses"):
            naming.register(source, "kind", naming.of_rows(Word))
