from django.apps import AppConfig


class BackupConfig(AppConfig):
    name = "wugeyi.backup"
    verbose_name = "备份"
