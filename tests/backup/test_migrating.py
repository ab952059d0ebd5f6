"""The short way of migrating ends where Django's does."""

from django.db import migrations, models
from django.db.migrations.state import ProjectState

from wugeyi.backup.migrating import AddingState, adds_only


class Adds(migrations.Migration):
    operations = [
        migrations.CreateModel(
            "Village",
            [("id", models.BigAutoField(primary_key=True)), ("code", models.TextField())],
        ),
        migrations.CreateModel(
            "House",
            [
                ("id", models.BigAutoField(primary_key=True)),
                ("village", models.ForeignKey("town.village", models.CASCADE)),
            ],
        ),
        migrations.AddField("village", "people", models.IntegerField(default=0)),
        migrations.AddField(
            "village", "first", models.ForeignKey("town.house", models.CASCADE, null=True)
        ),
        migrations.AddConstraint(
            "house",
            models.UniqueConstraint(fields=("village",), name="house_once"),
        ),
        migrations.AddIndex("village", models.Index(fields=["code"], name="by_code")),
    ]  # fmt: skip


class Alters(migrations.Migration):
    operations = [
        migrations.AlterField("village", "id", models.AutoField(primary_key=True)),
        migrations.RemoveField("village", "first"),
    ]


def shape(apps) -> dict:
    """What a step of a migration may ask a model: fields, targets, what refers to it."""
    return {
        model._meta.label: (
            [each.name for each in model._meta.local_fields],
            [
                each.related_model is apps.get_model(each.related_model._meta.label)
                for each in model._meta.local_fields
                if each.is_relation
            ],
            sorted(
                (each.related_model._meta.label, each.field.name)
                for each in model._meta.related_objects
            ),
            [each.name for each in model._meta.indexes],
            [each.name for each in model._meta.constraints],
        )
        for model in apps.get_models()
    }


def steps(state: ProjectState) -> list[tuple[dict, dict]]:
    """What each step of both migrations is shown, before it and after it."""
    seen = []
    for migration in (Adds("0001", "town"), Alters("0002", "town")):
        _ = state.apps
        if isinstance(state, AddingState):
            state.begin(only_adds=adds_only(migration))
        for each in migration.operations:
            before = state.clone()
            each.state_forwards("town", state)
            seen.append((shape(before.apps), shape(state.apps)))
    return seen


def test_what_alters_sees_all_models_as_django_shows_them():
    quick, plain = AddingState(), ProjectState()
    seen, wanted = steps(quick), steps(plain)
    altering = len(Alters.operations)
    assert seen[-altering:] == wanted[-altering:]
    assert quick == plain
    assert type(quick.clone()) is AddingState


def test_python_of_a_migration_sees_all_models_as_django_shows_them():
    quick = AddingState()
    _ = quick.apps
    quick.begin(only_adds=True)
    for each in Adds.operations:
        each.state_forwards("town", quick)
    # Django does so before RunPython.
    quick.clear_delayed_apps_cache()
    whole = shape(quick.apps)
    assert whole["town.Village"][2] == [("town.House", "village")]
    assert whole["town.House"][2] == [("town.Village", "first")]
    assert all(all(same) for _fields, same, *_rest in whole.values())
