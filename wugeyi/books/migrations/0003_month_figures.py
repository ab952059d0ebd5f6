"""What closed months add to figures of all villages."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("books", "0002_guards")]

    operations = [
        migrations.AddField(
            model_name="book", name="closed_on", field=models.DateField(null=True)
        ),
        migrations.CreateModel(
            name="MonthFigure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("keeper", models.CharField(max_length=12)),
                ("regime", models.CharField(max_length=4)),
                ("on_day", models.DateField()),
                ("operating_fen", models.BigIntegerField()),
                ("income_fen", models.BigIntegerField()),
                ("expense_fen", models.BigIntegerField()),
                ("vouchers", models.PositiveIntegerField()),
                ("year_operating_fen", models.BigIntegerField(null=True)),
                ("recorded_at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(null=True)),
                (
                    "closing",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="figure",
                        to="books.closing",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.organisation",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["organisation", "on_day"],
                        name="month_figure_organisation",
                    )
                ],
            },
        ),
    ]
