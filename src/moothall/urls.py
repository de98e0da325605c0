"""Every address of the installation. Each door keeps its own list in its ``urls.py``."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from moothall.sign_in import well_known

urlpatterns: list[URLPattern | URLResolver] = [
    path("account/", include("moothall.sign_in.urls")),
    path(".well-known/security.txt", well_known.security_txt, name="security_txt"),
    path(".well-known/change-password", well_known.change_password, name="well_known_change_password"),
    path("", include("moothall.design_system.urls")),
    path("workspace/", include("moothall.workspace.urls")),
    path("", include("moothall.website.urls")),  # last: its first part may be the name of any body
]

handler400 = "moothall.website.error_pages.bad_request"
handler403 = "moothall.website.error_pages.not_allowed"
handler404 = "moothall.website.error_pages.not_found"
handler500 = "moothall.website.error_pages.fault"
