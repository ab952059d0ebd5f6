from django.apps import AppConfig


class InterfacesConfig(AppConfig):
    name = "wugeyi.interfaces"
    verbose_name = "开放接口"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Open tables, tell targets, give the audit words and pages their places."""
        from wugeyi.audit import phrases
        from wugeyi.casework import panels
        from wugeyi.casework.models.cases import Channel
        from wugeyi.interfaces import context, tasks
        from wugeyi.interfaces import phrases as own
        from wugeyi.interfaces.actions.posting import KIND
        from wugeyi.interfaces.queries import data, telling
        from wugeyi.notices import registry as notices
        from wugeyi.organisations import navigation
        from wugeyi.submissions import registry as submissions

        phrases.name_acts(own.ACTS)
        phrases.name_subjects(own.SUBJECTS)
        phrases.name_fields(own.FIELDS)
        for event in own.EVENTS:
            notices.register(event)
        navigation.register(context.own_places)
        navigation.register_public(context.public_places)
        panels.register(context.case_panel)
        submissions.name(KIND, Channel.API.label)
        data.register_all()
        telling.register_all()
        tasks.register()
