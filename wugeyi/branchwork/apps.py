from django.apps import AppConfig


class BranchworkConfig(AppConfig):
    name = "wugeyi.branchwork"
    verbose_name = "支部工作"
    default_auto_field = "django.db.models.BigAutoField"
