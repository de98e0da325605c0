"""What sentences say about figures: comparisons, changes, gaps, shares, sums, ranks and references."""
