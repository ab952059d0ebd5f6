"""What was done to a case. Rows are added and closed, never rewritten."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from wugeyi.casework.models.cases import Case, Satisfaction
from wugeyi.casework.models.settings import DutyList
from wugeyi.organisations.models import Organisation

PERSON = settings.AUTH_USER_MODEL


class Assignment(models.Model):
    """The case was sent to an organisation; maybe handed back, and what was decided."""

    class Basis(models.TextChoices):
        ROUTED = "routed", _("按地点和类别")
        DISPATCHED = "dispatched", _("派单")
        TRANSFERRED = "transferred", _("转办")
        UPHELD = "upheld", _("退回成立，改派")
        REJECTED = "rejected", _("退回不成立，继续办理")
        REOPENED = "reopened", _("重新办理")

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="assignments")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+"
    )
    basis = models.CharField(max_length=12, choices=Basis)
    # Why here, in plain words, as it was known then.
    reason = models.CharField(max_length=300)
    duty_list = models.ForeignKey(
        DutyList, null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()
    by = models.ForeignKey(
        PERSON, null=True, on_delete=models.PROTECT, related_name="+"
    )
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(
        PERSON, null=True, on_delete=models.PROTECT, related_name="+"
    )
    objected_at = models.DateTimeField(null=True)
    objected_by = models.ForeignKey(
        PERSON, null=True, on_delete=models.PROTECT, related_name="+"
    )
    objection = models.CharField(_("退回理由"), max_length=500, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        PERSON, null=True, on_delete=models.PROTECT, related_name="+"
    )
    upheld = models.BooleanField(null=True)
    decision = models.CharField(_("裁定说明"), max_length=500, blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            models.Index(
                fields=["organisation", "objected_at"],
                name="assignment_objected",
                condition=models.Q(objected_at__isnull=False, decided_at=None),
            ),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["case"],
                condition=models.Q(ended_at=None),
                name="assignment_one_current",
            ),
        )

    def __str__(self) -> str:
        return f"{self.case_id} → {self.organisation_id}"


class Update(models.Model):
    """Something said or done: contact, progress, answer, or a note for colleagues."""

    class Kind(models.TextChoices):
        CONTACT = "contact", _("联系诉求人")
        PROGRESS = "progress", _("进展")
        ANSWER = "answer", _("答复")
        REFERRAL = "referral", _("告知途径")
        NOTE = "note", _("内部备注")

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="updates")
    kind = models.CharField(max_length=10, choices=Kind)
    text = models.TextField(_("内容"), max_length=4000)
    organisation = models.ForeignKey(
        Organisation, null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()
    by = models.ForeignKey(
        PERSON, null=True, on_delete=models.PROTECT, related_name="+"
    )

    def __str__(self) -> str:
        return f"{self.case_id}: {self.get_kind_display()}"


class Request(models.Model):
    """One organisation asks another for help without giving the case away."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="requests")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+"
    )
    text = models.CharField(_("请协助"), max_length=500)
    at = models.DateTimeField()
    by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    reply = models.CharField(_("回复"), max_length=1000, blank=True)
    replied_at = models.DateTimeField(null=True)
    replied_by = models.ForeignKey(
        PERSON, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        indexes = (
            models.Index(
                fields=["organisation", "at"],
                name="request_waiting",
                condition=models.Q(replied_at=None),
            ),
        )

    def __str__(self) -> str:
        return f"{self.case_id} ? {self.organisation_id}"


class Pause(models.Model):
    """The clock stands still for a recorded reason."""

    class Reason(models.TextChoices):
        MATERIALS = "materials", _("等诉求人补充材料")
        WEATHER = "weather", _("天气等不可抗力")
        LEGAL = "legal", _("等待鉴定、检测或法定程序")
        CONSTRUCTION = "construction", _("施工周期")

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="pauses")
    reason = models.CharField(_("原因"), max_length=14, choices=Reason)
    text = models.CharField(_("说明"), max_length=300)
    started_at = models.DateTimeField()
    by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(
        PERSON, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["case"],
                condition=models.Q(ended_at=None),
                name="pause_one_open",
            ),
        )

    def __str__(self) -> str:
        return f"{self.case_id}: {self.get_reason_display()}"


class Callback(models.Model):
    """Somebody asked whether it is solved, or looked. Several tries may be needed."""

    class Method(models.TextChoices):
        PHONE = "phone", _("电话回访")
        VISIT = "visit", _("上门回访")
        RECEIPT = "receipt", _("诉求人在网页上确认")
        CHECK = "check", _("现场核查")

    class Result(models.TextChoices):
        RESOLVED = "resolved", _("已解决")
        UNRESOLVED = "unresolved", _("未解决")
        UNREACHED = "unreached", _("未联系上")

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="callbacks")
    method = models.CharField(_("方式"), max_length=8, choices=Method)
    result = models.CharField(_("结果"), max_length=10, choices=Result)
    satisfaction = models.CharField(
        _("满意度"), max_length=6, choices=Satisfaction, blank=True
    )
    text = models.CharField(_("说明"), max_length=1000, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(
        PERSON, null=True, on_delete=models.PROTECT, related_name="+"
    )

    def __str__(self) -> str:
        return f"{self.case_id}: {self.get_result_display()}"


class Exclusion(models.Model):
    """A case is left out of the rates: why, who asked, who approved, when."""

    class Reason(models.TextChoices):
        DUPLICATE = "duplicate", _("重复诉求且无新理由")
        UNFOUNDED = "unfounded", _("诉求不实或违法违俗")
        BEYOND = "beyond", _("超出职责或政策")
        STATUTORY = "statutory", _("应走诉讼、仲裁、复议等法定途径")
        OTHER = "other", _("其他")

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="exclusions")
    reason = models.CharField(_("理由"), max_length=10, choices=Reason)
    text = models.CharField(_("说明"), max_length=500)
    requested_at = models.DateTimeField()
    requested_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    approved = models.BooleanField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        PERSON, null=True, on_delete=models.PROTECT, related_name="+"
    )
    decision = models.CharField(_("审批说明"), max_length=500, blank=True)

    class Meta:
        indexes = (
            models.Index(
                fields=["requested_at"],
                name="exclusion_waiting",
                condition=models.Q(decided_at=None),
            ),
        )

    def __str__(self) -> str:
        return f"{self.case_id}: {self.get_reason_display()}"


class Merge(models.Model):
    """The case went into another one; may be undone."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="merges")
    into = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="absorbed")
    previous_state = models.CharField(max_length=8)
    at = models.DateTimeField()
    by = models.ForeignKey(
        PERSON, null=True, on_delete=models.PROTECT, related_name="+"
    )
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(
        PERSON, null=True, on_delete=models.PROTECT, related_name="+"
    )

    def __str__(self) -> str:
        return f"{self.case_id} → {self.into_id}"


class Escalation(models.Model):
    """Somebody above was told: soon due, or expired. Once per stage and deadline."""

    class Stage(models.TextChoices):
        SOON = "soon", _("即将到期")
        EXPIRED = "expired", _("已超期")
        LONG = "long", _("超期仍未办结")

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="escalations")
    stage = models.CharField(max_length=8, choices=Stage)
    due_at = models.DateTimeField()
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)
    seen_by = models.ForeignKey(
        PERSON, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["case", "stage", "due_at"], name="escalation_once"
            ),
        )
        indexes = (
            models.Index(
                fields=["organisation", "at"],
                name="escalation_unseen",
                condition=models.Q(seen_at=None),
            ),
        )

    def __str__(self) -> str:
        return f"{self.case_id}: {self.get_stage_display()}"
