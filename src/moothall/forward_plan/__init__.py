"""The forward plan: key decisions and private meetings of the council, work plans of panels, requests from minutes."""
