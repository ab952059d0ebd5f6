from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "wugeyi.organisations"
    verbose_name = "组织"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Give the audit words for what is written here."""
        from wugeyi.audit import phrases
        from wugeyi.notices import registry as notices
        from wugeyi.organisations import phrases as own
        from wugeyi.organisations.queries.posts import (
            holds_a_post,
            keeps_sending,
            people_at,
        )

        phrases.name_acts(own.ACTS)
        phrases.name_subjects(own.SUBJECTS)
        phrases.name_fields(own.FIELDS)
        notices.register_desks(people_at)
        notices.register_keepers(keeps_sending)
        notices.register_workers(holds_a_post)
