from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "wugeyi.notices"
    verbose_name = "通知"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Give the audit words, the clock its tasks, and register own messages."""
        from wugeyi.audit import phrases
        from wugeyi.notices import events, gateways, tasks
        from wugeyi.notices import phrases as own

        phrases.name_acts(own.ACTS)
        phrases.name_subjects(own.SUBJECTS)
        phrases.name_fields(own.FIELDS)
        phrases.name_values(
            "way", {way.code: way.label for way in gateways.WAYS.values()}
        )
        events.register_own()
        tasks.register()
