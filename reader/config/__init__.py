"""feeds.toml: found, loaded, checked, edited."""
