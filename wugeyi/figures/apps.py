from django.apps import AppConfig


class FiguresConfig(AppConfig):
    name = "wugeyi.figures"
    verbose_name = "数字"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Give the audit words for what is written here."""
        from django.utils.translation import gettext_lazy as _

        from wugeyi.audit import phrases
        from wugeyi.figures import tasks

        phrases.name_acts(
            {
                "figures.quote": _("记下引用的数字"),
                "figures.repair": _("按记录修正数字"),
            }
        )
        phrases.name_subjects(
            {
                "figures.quotedfigure": _("引用的数字"),
                "figures.recount": _("核算"),
            }
        )
        phrases.name_fields({"measures": _("指标"), "qualifier": _("限定词")})
        tasks.register()
