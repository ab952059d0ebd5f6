from django.apps import AppConfig


class BooksConfig(AppConfig):
    name = "wugeyi.books"
    verbose_name = "村账"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tell the apps below what is written, counted, opened, shown and done here."""
        from wugeyi.audit import phrases
        from wugeyi.books import context
        from wugeyi.books import phrases as own
        from wugeyi.organisations import navigation

        phrases.name_acts(own.ACTS)
        phrases.name_subjects(own.SUBJECTS)
        phrases.name_fields(
            {
                code: name
                for code, name in own.FIELDS.items()
                if phrases.field_name(code) == code
            }
        )
        for field, names in own.values():
            phrases.name_values(field, names)
        navigation.register(context.own_places)
