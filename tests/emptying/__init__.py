"""Lets a transactional test empty the database, whose guards would refuse it. Only the tests install this."""
