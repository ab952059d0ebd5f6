from django.apps import AppConfig


class SubmissionsConfig(AppConfig):
    name = "wugeyi.submissions"
    verbose_name = "补传"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Give the audit words, the navigation places, the clock its task."""
        from wugeyi.audit import phrases
        from wugeyi.organisations import navigation
        from wugeyi.submissions import context, tasks
        from wugeyi.submissions import phrases as own

        phrases.name_acts(own.ACTS)
        phrases.name_subjects(own.SUBJECTS)
        phrases.name_fields(own.FIELDS)
        navigation.register(context.own_places)
        navigation.register_public(context.public_places)
        tasks.register()
