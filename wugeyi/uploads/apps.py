from datetime import datetime, timedelta

from django.apps import AppConfig

UNFINISHED = timedelta(days=1)


class UploadsConfig(AppConfig):
    name = "wugeyi.uploads"
    verbose_name = "上传"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let the clock forget photographs of reports that were never finished."""
        from django.utils.translation import gettext_lazy as _

        from wugeyi.jobs import keeping, registry
        from wugeyi.uploads.actions import sweep

        def sweep_photos(at: datetime) -> int:
            return sweep(before=at - UNFINISHED, at=at)

        registry.daily("sweep", sweep_photos)
        keeping.register(
            keeping.Keeping(
                "uploads-unfinished",
                _("照片"),
                _("没有提交成的照片"),
                _("改好再提交时不用重选"),
                UNFINISHED.days,
                _("选好后 %(days)s 天"),
            )
        )
