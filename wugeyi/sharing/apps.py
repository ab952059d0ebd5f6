from django.apps import AppConfig


class SharingConfig(AppConfig):
    name = "wugeyi.sharing"
    verbose_name = "共建共享"
    default_auto_field = "django.db.models.BigAutoField"
