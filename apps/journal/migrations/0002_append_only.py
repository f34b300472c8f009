from django.db import migrations

from apps.journal.triggers import install, remove


class Migration(migrations.Migration):
    """The database itself refuses to change or delete an entry."""

    dependencies = [("journal", "0001_initial")]
    operations = [migrations.RunPython(install, remove)]
