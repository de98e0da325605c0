"""What sentences say about figures: comparisons, changes, gaps, shares, sums, ranks, references, and of what."""
