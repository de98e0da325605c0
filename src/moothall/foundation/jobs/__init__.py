"""Work that is done by itself, after the request: enqueued in the transaction of the act, done at least once.

django-tasks keeps the tasks and their results; what it lacks is added here: a worker holds a job by a lease that it
renews while it lives, so that the job of a killed worker is taken up again (``leases``); failures are tried again
later, and given up for dead after some (``leases``); jobs with the same key are one job (``queue``); jobs and chores
recur (``recurring``, ``chores``); workers give signs of life (``signs``).
"""
