"""The door for anyone: what the council publishes, read from each folder's ``public``."""
