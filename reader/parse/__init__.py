"""Bytes and headers into clean entries, in processes of their own.

The main process uses `worker.Parser` only; every other module here is loaded by the worker processes.
"""
