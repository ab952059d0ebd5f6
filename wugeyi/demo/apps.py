from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "wugeyi.demo"
    verbose_name = "演示"
