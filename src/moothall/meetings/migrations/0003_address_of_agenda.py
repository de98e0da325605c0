from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0002_place_of_notice"),
    ]

    operations = [
        migrations.AlterField(
            model_name="act",
            name="what",
            field=models.CharField(
                choices=[
                    ("agenda", "agenda published"),
                    ("meeting-notice", "notice of the meeting given"),
                    ("agenda-address", "address of the agenda corrected"),
                ],
                max_length=20,
                verbose_name="what was done",
            ),
        ),
    ]
