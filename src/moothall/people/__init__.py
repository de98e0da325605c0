"""Persons: names, accounts, terms of office, groups, posts, roles, the register of interests, attendance."""
