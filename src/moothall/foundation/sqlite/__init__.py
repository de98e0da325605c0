"""SQLite as Django has it, with a queue of writers in which nobody starves."""
