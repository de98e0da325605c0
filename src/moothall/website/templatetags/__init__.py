"""What templates of the website need beside the components."""
