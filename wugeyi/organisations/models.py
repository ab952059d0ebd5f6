"""Organisations in dated trees, their areas, and the posts people hold in them."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from wugeyi.imports.models import Batch
from wugeyi.organisations.fields import PathField
from wugeyi.organisations.rules import MAX_PATH, Role


class Installation(models.Model):
    """The one row that says whose installation this is."""

    name = models.CharField(_("名称"), max_length=80)
    name_en = models.CharField(_("英文名称"), max_length=120, blank=True)
    demo = models.BooleanField(_("演示数据(虚构)"), default=False)
    hotline = models.CharField(_("热线"), max_length=40, blank=True)
    # Whose administrators keep what holds for everybody: categories, duty lists,
    # deadlines, retention. None: those of the register's root.
    seat = models.ForeignKey(
        "organisations.Organisation",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(pk=1), name="installation_single"
            ),
        )

    def __str__(self) -> str:
        return self.name


class Kind(models.TextChoices):
    """What an organisation is. The five statutory levels come first."""

    PROVINCE = "province", _("省级")
    CITY = "city", _("地级")
    COUNTY = "county", _("县级")
    TOWN = "town", _("街道/乡镇")
    COMMUNITY = "community", _("社区")
    VILLAGE = "village", _("村")
    GRID = "grid", _("网格")
    ZONE = "zone", _("功能区")
    DEPARTMENT = "department", _("部门")
    CENTRE = "centre", _("中心")
    BRANCH = "branch", _("党组织")
    HOSPITAL = "hospital", _("医院")
    SCHOOL = "school", _("学校")
    ENTERPRISE = "enterprise", _("企业")
    GROUP = "group", _("社会组织")
    OTHER = "other", _("其他")


class Organisation(models.Model):
    """A unit with an official code. Names repeat; codes identify.

    ``path`` is where it stands today in the statutory view. Placement keeps every
    view and every date; only ``organisations.actions`` writes either.
    """

    code = models.CharField(_("代码"), max_length=32)
    name = models.CharField(_("名称"), max_length=80)
    kind = models.CharField(_("类型"), max_length=12, choices=Kind)
    parent = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
        db_index=False,
    )
    path = PathField(max_length=MAX_PATH)
    # Words it is found by: characters, pinyin, code (see ``rules.naming``).
    search = models.TextField(blank=True)
    valid_from = models.DateField(_("启用日期"), null=True, blank=True)
    valid_to = models.DateField(_("停用日期"), null=True, blank=True)
    invented = models.BooleanField(_("虚构"), default=False)
    source = models.CharField(_("来源"), max_length=200, blank=True)

    class Meta:
        # Constraints, not unique=True: PostgreSQL would build a second index for LIKE.
        constraints = (
            models.UniqueConstraint(fields=["code"], name="organisation_code_once"),
            models.UniqueConstraint(fields=["path"], name="organisation_path_once"),
        )
        indexes = (
            models.Index(fields=["parent", "code"], name="organisation_children"),
        )

    def __str__(self) -> str:
        return self.name


class FormerName(models.Model):
    """A name an organisation carried until a day."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="former_names"
    )
    name = models.CharField(max_length=80)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField()

    def __str__(self) -> str:
        return self.name


class Succession(models.Model):
    """What became of an organisation: it merged into, or was split into, others."""

    class Kind(models.TextChoices):
        MERGED = "merged", _("并入")
        SPLIT = "split", _("拆分")

    predecessor = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="successions"
    )
    successor = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="origins"
    )
    kind = models.CharField(max_length=8, choices=Kind)
    on = models.DateField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["predecessor", "successor", "on"], name="succession_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor}"


class TreeView(models.Model):
    """One way to arrange the register: statutory, or by functional zones."""

    code = models.SlugField(max_length=20, unique=True)
    name = models.CharField(max_length=40)
    name_en = models.CharField(max_length=80)

    def __str__(self) -> str:
        return self.name


class Placement(models.Model):
    """Where an organisation stood in a view, from a day (included) to a day (not)."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="placements"
    )
    view = models.ForeignKey(
        TreeView, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    path = PathField(max_length=MAX_PATH)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["organisation", "view"],
                condition=models.Q(valid_to=None),
                name="placement_one_current",
            ),
        )
        indexes = (models.Index(fields=["view", "path"], name="placement_range"),)

    def __str__(self) -> str:
        return self.path


class Area(models.Model):
    """The ground an organisation answers for, as a WGS-84 (multi)polygon."""

    organisation = models.OneToOneField(
        Organisation, on_delete=models.CASCADE, related_name="area"
    )
    geometry = models.TextField()
    size_m2 = models.FloatField()
    lon = models.FloatField()
    lat = models.FloatField()
    generated = models.BooleanField(default=False)
    source = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return str(self.organisation)


class AreaCell(models.Model):
    """A hexagon that an area touches; ``whole`` if the area holds all of it."""

    cell = models.BigIntegerField()
    area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="cells")
    whole = models.BooleanField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["cell", "area"], name="area_cell_once"),
        )

    def __str__(self) -> str:
        return f"{self.cell:x}"


class RegisterEdition(models.Model):
    """What was said about a register file when it was sent: whose, and from when."""

    batch = models.OneToOneField(
        Batch, on_delete=models.CASCADE, related_name="register_edition"
    )
    source = models.CharField(_("来源"), max_length=200, blank=True)
    # None: additions since ever, changes from the day of acceptance.
    on = models.DateField(_("变更生效日期"), null=True, blank=True)
    # Only a complete edition may say that what it leaves out was abolished.
    complete = models.BooleanField(_("这是完整名册"), default=False)
    # Every row must lie below it; None: the whole register.
    root = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # What the preview counted, then what accepting did.
    added = models.PositiveIntegerField(default=0)
    renamed = models.PositiveIntegerField(default=0)
    moved = models.PositiveIntegerField(default=0)
    retyped = models.PositiveIntegerField(default=0)
    merged = models.PositiveIntegerField(default=0)
    abolished = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    errors = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.source} {self.on or ''}"


class AreaEdition(models.Model):
    """What was said about a file of outlines when it was sent."""

    batch = models.OneToOneField(
        Batch, on_delete=models.CASCADE, related_name="area_edition"
    )
    source = models.CharField(_("来源"), max_length=200, blank=True)
    # "": what the file says, or WGS-84.
    datum = models.CharField(_("坐标系"), max_length=8, blank=True)
    root = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    areas = models.PositiveIntegerField(default=0)
    errors = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return self.source


class Post(models.Model):
    """A person holds a role in an organisation from a day (included) to a day (not)."""

    ROLES = (
        (Role.WORKER.value, _("社区工作者")),
        (Role.DISPATCHER.value, _("派单员")),
        (Role.DEPARTMENT.value, _("部门经办")),
        (Role.SUPERVISOR.value, _("督办")),
        (Role.AUDITOR.value, _("审计")),
        (Role.ADMINISTRATOR.value, _("管理员")),
        (Role.SECRETARY.value, _("支部书记")),
        (Role.ACCOUNTANT.value, _("村账会计")),
        (Role.CASHIER.value, _("村账出纳")),
        (Role.REVIEWER.value, _("村账稽核")),
    )

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="posts"
    )
    role = models.CharField(_("角色"), max_length=16, choices=ROLES)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="posts"
    )
    valid_from = models.DateField(_("自"))
    valid_to = models.DateField(_("至"), null=True, blank=True)

    class Meta:
        indexes = (models.Index(fields=["person", "valid_from"], name="post_person"),)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(valid_to=None)
                | models.Q(valid_to__gt=models.F("valid_from")),
                name="post_dates_in_order",
            ),
        )

    def __str__(self) -> str:
        return f"{self.person} {self.get_role_display()} {self.organisation}"
