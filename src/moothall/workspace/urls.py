"""The addresses of the workspace, below /workspace/. Each act brings its own."""

from __future__ import annotations

from django.urls import path

from moothall.workspace.action_pages import view_of
from moothall.workspace.bodies import action_pages as body_action_pages
from moothall.workspace.bodies import bulk_appointments
from moothall.workspace.bodies import pages as body_pages
from moothall.workspace.council import action_pages as council_action_pages
from moothall.workspace.council import pages as council_pages
from moothall.workspace.forward_plan import action_pages as plan_action_pages
from moothall.workspace.forward_plan import pages as plan_pages
from moothall.workspace.home import pages as home_pages
from moothall.workspace.imports import pages as imports_pages
from moothall.workspace.jobs import action_pages as jobs_action_pages
from moothall.workspace.jobs import pages as jobs_pages
from moothall.workspace.log import pages as log_pages
from moothall.workspace.meetings import action_pages as meeting_action_pages
from moothall.workspace.meetings import pages as meeting_pages
from moothall.workspace.people import action_pages as people_action_pages
from moothall.workspace.people import pages as people_pages

ACTS = (
    *people_action_pages.ACTS,
    *body_action_pages.ACTS,
    *meeting_action_pages.ACTS,
    *plan_action_pages.ACTS,
    *council_action_pages.ACTS,
    *jobs_action_pages.ACTS,
)

app_name = "workspace"
urlpatterns = [
    path("", home_pages.home, name="home"),
    path("register/", home_pages.register, name="register"),
    *(path(act.path, view_of(act), name=act.name) for act in ACTS),
    path("people/", people_pages.index, name="people"),
    path("people.csv", people_pages.people_csv, name="people-csv"),
    path("people/<slug:slug>/", people_pages.person, name="person"),
    path("groups/", people_pages.groups, name="groups"),
    path("groups/<slug:slug>/", people_pages.group, name="group"),
    path("posts/", people_pages.posts, name="posts"),
    path("accounts/", people_pages.accounts, name="accounts"),
    path("bodies/", body_pages.index, name="bodies"),
    path("bodies/<slug:slug>/", body_pages.body, name="body"),
    path("bodies/<slug:slug>/members.csv", body_pages.members_csv, name="members-csv"),
    path("bodies/<slug:slug>/members/", bulk_appointments.several, name="several"),
    path("balance/", body_pages.balance, name="balance"),
    path("outside-bodies/", body_pages.outside, name="outside-bodies"),
    path("meetings/", meeting_pages.index, name="meetings"),
    path("meetings.csv", meeting_pages.meetings_csv, name="meetings-csv"),
    path("meetings/year/", meeting_pages.year, name="year"),
    path("meetings/<int:pk>/", meeting_pages.meeting, name="meeting"),
    path("forward-plan/", plan_pages.plans, name="plans"),
    path("forward-plan/<int:pk>/", plan_pages.plan, name="plan"),
    path("entries/<int:pk>/", plan_pages.entry, name="entry"),
    path("rooms/", meeting_pages.rooms, name="rooms"),
    path("periods/", meeting_pages.periods, name="periods"),
    path("council/", council_pages.options, name="options"),
    path("council/options/<slug:key>/", council_pages.option, name="option"),
    path("council/days/", council_pages.own_days, name="own-days"),
    path("import/", imports_pages.index, name="imports"),
    path("import/<slug:what>/", imports_pages.bring, name="import"),
    path("import/<slug:what>/sample.csv", imports_pages.sample, name="import-sample"),
    path("jobs/", jobs_pages.index, name="jobs"),
    path("jobs/<int:pk>/", jobs_pages.job, name="job"),
    path("log/", log_pages.log, name="log"),
    path("log/verify/", log_pages.verify, name="verify"),
]
