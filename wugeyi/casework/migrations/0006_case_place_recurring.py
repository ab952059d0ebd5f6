from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0005_case_contact_due"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                fields=["place", "registered_on", "category", "published_at"],
                name="case_place_recurring",
            ),
        ),
        migrations.RemoveIndex(model_name="case", name="case_place_day"),
    ]
