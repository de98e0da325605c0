"""What is shipped for the browser is whole."""

import json
import re
from pathlib import Path

import pytest
from django.core.management import call_command

import moothall.design_system

SHIPPED = Path(moothall.design_system.__file__).parent / "static" / "moothall"


@pytest.fixture
def collected(settings, tmp_path):
    """The static files as production serves them."""
    settings.STATIC_ROOT = tmp_path
    backend = "whitenoise.storage.CompressedManifestStaticFilesStorage"
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": backend}}
    call_command("collectstatic", interactive=False, verbosity=0)
    return tmp_path


def test_every_file_of_ours_has_its_digest_in_its_name(collected):
    names = json.loads((collected / "staticfiles.json").read_text())["paths"]
    ours = {name: hashed for name, hashed in names.items() if name.startswith("moothall/")}
    assert {"moothall/moothall.css", "moothall/moothall.js", "moothall/icon.svg"} <= set(ours)
    assert all(name != hashed and (collected / hashed).exists() for name, hashed in ours.items())
    style = (collected / names["moothall/moothall.css"]).read_text()
    fonts = re.findall(r"url\(\"?([^)\"]+)\"?\)", style)
    assert len(fonts) == 4
    assert all((collected / "moothall" / each).exists() for each in fonts)


def test_nothing_of_others_brand_is_shipped():
    style = (SHIPPED / "moothall.css").read_text()
    assert "GDS Transport" not in style
    assert not [name for name in ("crown", "crest", "govuk-header") if name in style]


def test_licences_are_shipped_with_what_they_are_of():
    assert "Crown Copyright" in (SHIPPED / "LICENSES.txt").read_text()
    assert "SIL OPEN FONT LICENSE" in (SHIPPED / "fonts" / "LICENSE").read_text().upper()
