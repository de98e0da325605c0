"""What both doors look like: the page, the components, the forms."""
