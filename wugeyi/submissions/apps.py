from django.apps import AppConfig


class SubmissionsConfig(AppConfig):
    name = "wugeyi.submissions"
    verbose_name = "补传"
    default_auto_field = "django.db.models.BigAutoField"
