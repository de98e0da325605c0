"""The councils of one installation: their domains, their dated options, their calendar. Everything belongs to one."""
