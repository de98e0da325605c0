"""Tables understood: headers over several levels, labels, groups and their twins, derived rows and columns."""
