from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="head",
            name="pages_out",
            field=models.CharField(default="", max_length=1000),
        ),
        migrations.AddField(
            model_name="head",
            name="pages_release",
            field=models.CharField(default="", max_length=64),
        ),
    ]
