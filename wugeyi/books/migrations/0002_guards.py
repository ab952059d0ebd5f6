"""What the database refuses: altered, unbalanced, backdated vouchers and the like."""

from django.db import migrations

from wugeyi.books.migrations import guards


class Migration(migrations.Migration):

    dependencies = [("books", "0001_initial")]

    operations = [migrations.RunPython(guards.add, guards.remove)]
