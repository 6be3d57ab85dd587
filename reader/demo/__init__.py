"""News sources of our own writing, served from loopback."""
