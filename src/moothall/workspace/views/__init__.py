"""The pages of the workspace. Thin: they read, show, and send on what the acts do."""
