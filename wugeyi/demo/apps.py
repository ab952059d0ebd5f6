from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "wugeyi.demo"
    verbose_name = "演示"

    def ready(self) -> None:
        """Let the queue know of the demo's long work."""
        from wugeyi.demo import circles
        from wugeyi.demo.busline import line
        from wugeyi.demo.villages import books

        circles.register()
        line.register()
        books.register()
