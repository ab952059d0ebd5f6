from django.apps import AppConfig


class BuslinesConfig(AppConfig):
    name = "wugeyi.buslines"
    verbose_name = "惠农专线"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tell the apps below what is written, counted, opened, shown and done here."""
        from wugeyi.audit import phrases
        from wugeyi.buslines import phrases as own

        phrases.name_acts(own.ACTS)
        phrases.name_subjects(own.SUBJECTS)
        phrases.name_fields(own.FIELDS)
        for field, names in own.values():
            phrases.name_values(field, names)
