"""Only counts and dates about members: no field for anybody but the named secretary."""

from django.apps import apps
from django.db import models

from wugeyi.audit.models import AuditEvent
from wugeyi.branchwork.actions.records import add, correct
from wugeyi.branchwork.models import SecretaryTerm

# Everything here that can hold words, and what it is for. A new text field has to be
# thought about before it is added.
TEXTS = {
    "Decision": {
        "matter",
        "opinion",
        "adopted",
        "outcome",
        "withdrawn_why",
        "track",
        "collective_matter",
        "origin",
    },
    "DutyItem": {"name_zh", "name_en", "basis", "code", "period", "output"},
    "DutyRecord": {"note", "withdrawn_why"},
    "Headcount": {"withdrawn_why"},
    "HeadcountKind": {"name_zh", "name_en", "basis", "code"},
    # The official who came from the township is named, nobody else.
    "Meeting": {"stage", "body", "minutes", "township", "supervision"},
    "SecretaryTerm": {"person", "salt", "role", "leads_unit", "withdrawn_why"},
    "Suggestion": {"kind", "text", "state", "result", "withdrawn_why"},
    "Topic": {"name_zh", "name_en", "basis", "code", "kinds"},
    "Training": {"topic", "withdrawn_why"},
    "VanguardPost": {"kind", "name", "withdrawn_why"},
}
PEOPLE = {"recorded_by", "withdrawn_by", "outcome_by", "added_by"}


def test_no_model_holds_a_members_personal_data() -> None:
    found: dict[str, set[str]] = {}
    for model in apps.get_app_config("branchwork").get_models():
        for field in model._meta.get_fields():
            if isinstance(field, models.FileField | models.BinaryField):
                raise AssertionError(f"{model.__name__}.{field.name} holds a file")
            if isinstance(field, models.CharField | models.TextField):
                found.setdefault(model.__name__, set()).add(field.name)
            if isinstance(field, models.ForeignKey):
                other = field.related_model._meta.label
                # Who wrote it down: staff, not members.
                assert other != "accounts.User" or field.name in PEOPLE, field
    assert found == TEXTS


def test_the_secretarys_name_stands_in_the_audit_as_a_hash_only(world) -> None:
    values = {"person": "黄大山", "valid_from": world.now().date()}
    row = add(
        model=SecretaryTerm,
        organisation=world.village,
        values=values,
        by=world["village_secretary"],
        at=world.now(),
    ).row
    correct(
        row=row,
        values={**values, "person": "黄小山"},
        why="写错了字",
        by=world["village_secretary"],
        at=world.now(),
    )
    for event in AuditEvent.objects.filter(subject_type="branchwork.secretaryterm"):
        assert "黄大山" not in event.before + event.after
        assert "黄小山" not in event.before + event.after
        assert '"hash"' in event.after
