from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0003_case_lists"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                fields=["registered_on", "place", "category", "published_at"],
                name="case_recurring",
            ),
        ),
    ]
