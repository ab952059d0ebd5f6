from pathlib import Path

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StationsConfig(AppConfig):
    name = "wugeyi.stations"
    verbose_name = "驿站"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tell the apps below what is written, counted, opened, shown and done here."""
        from wugeyi.audit import phrases
        from wugeyi.casework import panels as case_panels
        from wugeyi.figures import catalogue, naming, openers
        from wugeyi.notices import registry as notices
        from wugeyi.organisations import navigation
        from wugeyi.stations import context, tasks
        from wugeyi.stations import phrases as own
        from wugeyi.stations.actions.breakages import EVENT
        from wugeyi.stations.models import StationKind
        from wugeyi.stations.queries.breakages import item_name
        from wugeyi.stations.queries.opening import OPENERS
        from wugeyi.stations.views import broken
        from wugeyi.submissions import registry

        phrases.name_acts(own.ACTS)
        phrases.name_subjects(own.SUBJECTS)
        phrases.name_fields(own.FIELDS)
        for field, names in own.values():
            phrases.name_values(field, names)
        navigation.register(context.own_places)
        navigation.register_public(context.public_places)
        case_panels.register(context.case_panel)
        tasks.register()
        catalogue.register("stations", Path(__file__).with_name("measures.toml"))
        for kind, opener in OPENERS.items():
            openers.register(kind, opener)
        naming.register("station_spans", "kind", naming.of_rows(StationKind))
        notices.say("stations", what=item_name)
        notices.register(
            notices.Event(
                EVENT,
                _("我管的驿站有东西坏了"),
                _("%(station)s：%(what)s坏了"),
                _("有人说%(station)s的%(what)s坏了，已经开了一件诉求。"),
                default=True,
                personal=True,
            )
        )
        registry.register(
            broken.CODE,
            broken.take,
            label=_("驿站报坏"),
            page="stations:broken",
            photos=1,
            check=broken.check,
            opened=broken.opened,
        )
        registry.offline_page("stations:list", instead_of="stations:station")
