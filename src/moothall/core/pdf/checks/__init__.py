"""Checks of a finished file against PDF/UA-1, in the order of the Matterhorn Protocol where it has one."""
