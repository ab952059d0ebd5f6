from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "wugeyi.audit"
    verbose_name = "操作留痕"
    default_auto_field = "django.db.models.BigAutoField"
