"""The workspace, in front of the real verbs."""
