from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("games", "0001_initial")]
    operations = [
        migrations.AddField(
            model_name="message",
            name="number",
            field=models.PositiveIntegerField(default=1),
            preserve_default=False,
        )
    ]
