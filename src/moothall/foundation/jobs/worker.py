"""A worker: does chores and jobs one after another, and renews the lease of the one it is at."""

from __future__ import annotations

import datetime as dt
import logging
import os
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from django.db import DatabaseError, close_old_connections, connection
from django_tasks import TaskContext

from moothall.foundation.jobs import heartbeats, leases, maintenance, recurrence
from moothall.foundation.jobs.models import ChoreOfInstallation, Job

LIMIT = dt.timedelta(minutes=15)
log = logging.getLogger("moothall.foundation.jobs")


class Worker:
    """Works until told to stop; the job at hand is brought to its end first."""

    def __init__(
        self, *, lease: dt.timedelta = leases.LEASE, limit: dt.timedelta = LIMIT, interval: float = 1.0
    ) -> None:
        self.name = f"{socket.gethostname()}-{os.getpid()}"
        self.lease = lease
        self.limit = limit
        self.interval = interval
        self._stopped = False
        self._looked = float("-inf")

    def stop(self) -> None:
        """Take no further job. A signal may call it at any moment: it must wait for no lock (an Event has one)."""
        self._stopped = True

    def run(self) -> None:
        """Work until stopped. A database that is away for a while is waited for."""
        while not self._stopped:
            close_old_connections()
            try:
                busy = self.step()
            except DatabaseError:
                log.exception("the database did not answer; trying again")
                connection.close()
                busy = False
            if not busy and not self._stopped:
                time.sleep(self.interval)

    def run_until_empty(self) -> None:
        """Work until no job is due and none is held, by whomever."""
        while not self._stopped and (self.step() or leases.in_hand()):
            close_old_connections()
            time.sleep(self.interval if leases.in_hand() else 0)

    def run_once(self) -> None:
        """Do what is due and held by nobody, and end."""
        while not self._stopped and self.step():
            close_old_connections()

    def step(self) -> bool:
        """Look after the line, and do one job; False when there was none."""
        self._look_after()
        job = leases.take(self.name, lease=self.lease)
        if job is None:
            return False
        self.do(job)
        return True

    def do(self, job: Job) -> None:
        """Do a job that is held, and note how it ended."""
        began = time.monotonic()
        try:
            with self._renewing(partial(leases.renew, job), f"job {job.pk} {job.name}"):
                value = _call(job)
            held = leases.finish(job, value)
        except Exception as error:  # whatever a job raises is noted, and tried again
            held = leases.fail(job, error)
            log.warning("job %s %s failed at attempt %s", job.pk, job.name, job.attempts, exc_info=error)
        else:
            log.info("job %s %s done in %.2f s", job.pk, job.name, time.monotonic() - began)
        if not held:
            log.warning("job %s %s had gone to another worker meanwhile", job.pk, job.name)

    def do_chore(self, row: ChoreOfInstallation) -> None:
        """Do a chore that is held, and note how it ended."""
        try:
            with self._renewing(partial(maintenance.renew, row), f"chore {row.name}"):
                recurrence.chores()[row.name].do()
        except Exception as error:
            log.exception("chore %s failed at attempt %s", row.name, row.attempts)
            maintenance.fail(row, error)
        else:
            log.info("chore %s done", row.name)
            maintenance.finish(row)

    def _look_after(self) -> None:
        """Now and then: give a sign of life, take back what is lost, put in line what recurs, do the chores."""
        if time.monotonic() - self._looked < self.lease.total_seconds() / 4:
            return
        self._looked = time.monotonic()
        heartbeats.give(self.name)
        for job in leases.reap():
            log.warning("job %s %s taken back from %s, which is gone", job.pk, job.name, job.holder)
        for job in recurrence.put_in_line():
            log.info("job %s %s is due again", job.pk, job.name)
        maintenance.enter()
        while not self._stopped and (row := maintenance.take(self.name, lease=self.lease)):
            self.do_chore(row)

    @contextmanager
    def _renewing(self, renew: Callable[..., bool], what: str) -> Iterator[None]:
        ended = threading.Event()
        keeper = threading.Thread(target=self._keep, args=(renew, what, ended), daemon=True)
        keeper.start()
        try:
            yield
        finally:
            ended.set()
            keeper.join()

    def _keep(self, renew: Callable[..., bool], what: str, ended: threading.Event) -> None:
        """Renew a lease four times in its length; end the process when the work takes longer than may be."""
        until = time.monotonic() + self.limit.total_seconds()
        while not ended.wait(self.lease.total_seconds() / 4):
            if time.monotonic() > until:
                log.error("%s took longer than %s: this worker ends", what, self.limit)
                os._exit(1)  # no thread can be stopped from outside; the lease runs out, and the job is taken up again
            try:
                renew(lease=self.lease)
                heartbeats.give(self.name)
            except DatabaseError:
                log.warning("the lease of %s could not be renewed; trying again", what)
        connection.close()  # this thread's own


def _call(job: Job) -> Any:
    task: Any = job.result.task
    told = job.result.args_kwargs
    result: Any = job.result.task_result
    context = [TaskContext(task_result=result)] if task.takes_context else []
    return task.call(*context, *told["args"], **told["kwargs"])
