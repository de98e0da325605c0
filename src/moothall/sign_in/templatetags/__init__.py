"""What signed-in pages show of signing in."""
