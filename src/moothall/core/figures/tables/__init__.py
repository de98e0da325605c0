"""The structure of tables: headers, labels, groups and their complements, derived rows and columns."""
