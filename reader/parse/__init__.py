"""Bytes of any source kind become a `ParsedFeed`, in a worker process that can be killed."""
