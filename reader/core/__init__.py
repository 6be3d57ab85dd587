"""`Reader`: the one place that joins configuration, network, parsing and the store. Async; knows no screen."""
