"""Under which heading a table stands on the page for people."""

from django.utils.translation import gettext_lazy as _


class Heading:
    """What tables are about, in the order of the page."""

    CASES = _("诉求和办理")
    PLACES = _("地方和设施")
    WINDOWS = _("办事和项目")
    BUSES = _("惠农专线")
    BOOKS = _("村账公开")
    PEOPLE = _("驿站、共享和志愿服务")
