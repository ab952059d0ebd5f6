from datetime import datetime, timedelta

from django.apps import AppConfig


class UploadsConfig(AppConfig):
    name = "wugeyi.uploads"
    verbose_name = "上传"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let the clock forget photographs of reports that were never finished."""
        from wugeyi.jobs import registry
        from wugeyi.uploads.actions import sweep

        def sweep_photos(at: datetime) -> int:
            return sweep(before=at - timedelta(days=1), at=at)

        registry.daily("sweep", sweep_photos)
