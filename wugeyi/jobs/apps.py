from datetime import datetime

from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "wugeyi.jobs"
    verbose_name = "定时任务"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register what the apps below want done, which cannot do it themselves."""
        from wugeyi.accounts import actions as accounts
        from wugeyi.audit import phrases
        from wugeyi.audit.actions import publish_head, seal
        from wugeyi.jobs import phrases as own
        from wugeyi.jobs import registry

        phrases.name_acts(own.ACTS)
        phrases.name_subjects(own.SUBJECTS)
        phrases.name_fields(own.FIELDS)

        def seal_audit(at: datetime) -> int:
            return seal()

        def purge_counts(at: datetime) -> int:
            return accounts.purge(at=at)

        def publish_chain(at: datetime) -> int:
            return 0 if publish_head(at=at) is None else 1

        registry.always("seal", seal_audit)
        registry.always("purge", purge_counts)
        registry.daily("publish", publish_chain)
