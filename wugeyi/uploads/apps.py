from django.apps import AppConfig


class UploadsConfig(AppConfig):
    name = "wugeyi.uploads"
    verbose_name = "上传"
    default_auto_field = "django.db.models.BigAutoField"
