"""One bounded, polite GET, with the decisions around it as pure functions."""
