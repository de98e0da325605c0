"""Measurements: what Moothall takes, beside what its peers take for the same work in the same run."""
