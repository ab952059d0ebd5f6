from pathlib import Path

from django.apps import AppConfig


class VolunteeringConfig(AppConfig):
    name = "wugeyi.volunteering"
    verbose_name = "志愿服务"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tell the apps below what is written, counted, sent and done here."""
        from wugeyi.audit import phrases
        from wugeyi.figures import catalogue, naming, openers
        from wugeyi.organisations import navigation
        from wugeyi.volunteering import events, tasks
        from wugeyi.volunteering import phrases as own
        from wugeyi.volunteering.context import own_places, public_places
        from wugeyi.volunteering.models import Deed, Emergency, Help, Hours, Voice
        from wugeyi.volunteering.queries import opening
        from wugeyi.volunteering.views import queued

        phrases.name_acts(own.ACTS)
        phrases.name_subjects(own.SUBJECTS)
        phrases.name_fields(own.FIELDS)
        phrases.name_values(
            "called", {str(code): name for code, name in Emergency.Called.choices}
        )
        catalogue.register("volunteering", Path(__file__).with_name("measures.toml"))
        for kind, opener in opening.OPENERS.items():
            openers.register(kind, opener)
        for source, column, choices in (
            ("volunteer_helps", "kind", Help.Kind),
            ("volunteer_deeds", "kind", Deed.Kind),
            ("volunteer_voices", "kind", Voice.Kind),
            ("volunteer_emergencies", "wait", Emergency.Wait),
            ("volunteer_hours", "kind", Hours.Kind),
        ):
            naming.register(source, column, naming.of_choices(choices.choices))
        navigation.register(own_places)
        navigation.register_public(public_places)
        tasks.register()
        events.register()
        queued.register()
