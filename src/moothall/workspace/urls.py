"""The addresses of the workspace, below /workspace/. Each act brings its own."""

from __future__ import annotations

from django.urls import path

from moothall.workspace import (
    acts_of_bodies,
    acts_of_councils,
    acts_of_jobs,
    acts_of_meetings,
    acts_of_people,
    acts_of_plans,
    several,
)
from moothall.workspace.acts import view_of
from moothall.workspace.views import bodies, council, forward_plan, home, imports, jobs, log, meetings, people

ACTS = (
    *acts_of_people.ACTS,
    *acts_of_bodies.ACTS,
    *acts_of_meetings.ACTS,
    *acts_of_plans.ACTS,
    *acts_of_councils.ACTS,
    *acts_of_jobs.ACTS,
)

app_name = "workspace"
urlpatterns = [
    path("", home.home, name="home"),
    path("register/", home.register, name="register"),
    *(path(act.path, view_of(act), name=act.name) for act in ACTS),
    path("people/", people.index, name="people"),
    path("people.csv", people.people_csv, name="people-csv"),
    path("people/<slug:slug>/", people.person, name="person"),
    path("groups/", people.groups, name="groups"),
    path("groups/<slug:slug>/", people.group, name="group"),
    path("posts/", people.posts, name="posts"),
    path("accounts/", people.accounts, name="accounts"),
    path("bodies/", bodies.index, name="bodies"),
    path("bodies/<slug:slug>/", bodies.body, name="body"),
    path("bodies/<slug:slug>/members.csv", bodies.members_csv, name="members-csv"),
    path("bodies/<slug:slug>/members/", several.several, name="several"),
    path("balance/", bodies.balance, name="balance"),
    path("outside-bodies/", bodies.outside, name="outside-bodies"),
    path("meetings/", meetings.index, name="meetings"),
    path("meetings.csv", meetings.meetings_csv, name="meetings-csv"),
    path("meetings/year/", meetings.year, name="year"),
    path("meetings/<int:pk>/", meetings.meeting, name="meeting"),
    path("forward-plan/", forward_plan.plans, name="plans"),
    path("forward-plan/<int:pk>/", forward_plan.plan, name="plan"),
    path("entries/<int:pk>/", forward_plan.entry, name="entry"),
    path("rooms/", meetings.rooms, name="rooms"),
    path("periods/", meetings.periods, name="periods"),
    path("council/", council.options, name="options"),
    path("council/options/<slug:key>/", council.option, name="option"),
    path("council/days/", council.own_days, name="own-days"),
    path("import/", imports.index, name="imports"),
    path("import/<slug:what>/", imports.bring, name="import"),
    path("import/<slug:what>/sample.csv", imports.sample, name="import-sample"),
    path("jobs/", jobs.index, name="jobs"),
    path("jobs/<int:pk>/", jobs.job, name="job"),
    path("log/", log.log, name="log"),
    path("log/verify/", log.verify, name="verify"),
]
