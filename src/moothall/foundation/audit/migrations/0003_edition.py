from typing import Any

from django.db import migrations, models
from django.db.models import F


def begin(apps: Any, _: Any) -> None:
    """Until now every entry made another edition."""
    apps.get_model("audit", "Head").objects.update(edition=F("digest"))


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0002_written_pages"),
    ]

    operations = [
        migrations.AddField(
            model_name="head",
            name="edition",
            field=models.CharField(default="", max_length=64),
        ),
        migrations.RunPython(begin, migrations.RunPython.noop),
    ]
