"""News sources of our own writing, served from loopback: `warta demo`, and the fixture of tests and pictures.

Import from the modules: `articles`, `documents`, `server`, `configuration`.
"""
