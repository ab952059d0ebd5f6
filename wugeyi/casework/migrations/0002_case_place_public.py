from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("casework", "0001_initial")]
    operations = [
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("published_at__isnull", False)),
                fields=["place", "published_at", "id"],
                name="case_place_public",
            ),
        ),
    ]
