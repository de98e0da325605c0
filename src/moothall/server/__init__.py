"""Running the site: what is checked before it starts, its server, its log of requests, its health."""
