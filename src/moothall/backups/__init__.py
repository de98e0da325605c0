"""Backups: every table and file of an installation in one archive that does not depend on the database's make."""
