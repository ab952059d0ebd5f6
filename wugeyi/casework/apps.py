from pathlib import Path

from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    name = "wugeyi.casework"
    verbose_name = "诉求"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Give the audit words, the navigation places, the clock tasks."""
        from django.utils.translation import gettext_lazy as _

        from wugeyi.audit import phrases
        from wugeyi.casework import phrases as own
        from wugeyi.casework import tasks
        from wugeyi.casework.context import own_places
        from wugeyi.casework.queries.opening import category_names, open_cases
        from wugeyi.casework.queries.retention import decided
        from wugeyi.casework.rules.intake import PHOTO_LIMIT
        from wugeyi.casework.templatetags.desk import ACTS
        from wugeyi.casework.views import following, queued
        from wugeyi.figures import catalogue, naming, openers
        from wugeyi.jobs import keeping
        from wugeyi.organisations import navigation
        from wugeyi.submissions import registry as submissions

        phrases.name_acts({f"casework.{verb}": name for verb, name in ACTS.items()})
        phrases.name_subjects(own.SUBJECTS)
        phrases.name_fields(own.FIELDS)
        for field, names in own.values():
            phrases.name_values(field, names)
        navigation.register(own_places)
        tasks.register()
        following.register()
        keeping.decide(decided)
        catalogue.register("casework", Path(__file__).with_name("measures.toml"))
        openers.register("case", open_cases)
        naming.register("cases", "category", category_names)
        submissions.register(
            "report",
            queued.take,
            label=_("我要反映"),
            page="public:report",
            photos=PHOTO_LIMIT,
            check=queued.check,
            opened=queued.opened,
        )
