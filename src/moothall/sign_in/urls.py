"""The addresses of signing in. allauth's others (adding addresses, setting a password unasked) are left out."""

from __future__ import annotations

from allauth.account import views as account
from allauth.socialaccount import views as social
from allauth.socialaccount.providers.openid_connect import views as openid
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path, re_path

from moothall.sign_in import views

urlpatterns = [
    path("", views.account, name="sign_in_account"),
    path("login/", views.login, name="account_login"),
    path("signup/", views.nobody_signs_up, name="account_signup"),
    path("logout/", views.logout, name="account_logout"),
    path("stay/", views.stay, name="sign_in_stay"),
    path("kept/", views.kept, name="sign_in_kept"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/change/", views.change_password, name="account_change_password"),
    path("password/reset/", account.password_reset, name="account_reset_password"),
    path("password/reset/done/", account.password_reset_done, name="account_reset_password_done"),
    path("password/reset/key/done/", account.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("invitation/<str:token>/", views.invitation, name="sign_in_invitation"),
    path("sessions/", views.sessions, name="sign_in_sessions"),
    path("2fa/", include("allauth.mfa.urls")),
    path("provider/cancelled/", social.login_cancelled, name="socialaccount_login_cancelled"),
    path("provider/error/", login_not_required(social.login_error), name="socialaccount_login_error"),
    path(
        "provider/<slug:provider_id>/", login_not_required(views.to_provider(openid.login)), name="openid_connect_login"
    ),
    path("provider/<slug:provider_id>/back/", openid.callback, name="openid_connect_callback"),
]
