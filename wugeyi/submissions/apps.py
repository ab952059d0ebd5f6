from pathlib import Path

from django.apps import AppConfig


class SubmissionsConfig(AppConfig):
    name = "wugeyi.submissions"
    verbose_name = "补传"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Give the audit words, the navigation places, the clock its task, a measure."""
        from wugeyi.audit import phrases
        from wugeyi.figures import catalogue, naming, openers
        from wugeyi.organisations import navigation
        from wugeyi.submissions import context, tasks
        from wugeyi.submissions import phrases as own
        from wugeyi.submissions.queries.opening import open_sent

        phrases.name_acts(own.ACTS)
        phrases.name_subjects(own.SUBJECTS)
        phrases.name_fields(own.FIELDS)
        navigation.register(context.own_places)
        navigation.register_public(context.public_places)
        tasks.register()
        catalogue.register("submissions", Path(__file__).with_name("measures.toml"))
        openers.register("submission", open_sent)
        naming.register("sent_later", "wait", naming.of_choices(own.WAITS.items()))
