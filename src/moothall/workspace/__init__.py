"""The door for those who are signed in: clerks, members, auditors, administrators. Its forms call verbs."""
