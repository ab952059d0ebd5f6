from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "wugeyi.accounts"
    verbose_name = "账号"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Give the audit words for what is written here."""
        from wugeyi.accounts import phrases as own
        from wugeyi.audit import phrases

        phrases.name_acts(own.ACTS)
        phrases.name_subjects(own.SUBJECTS)
        phrases.name_fields(own.FIELDS)
