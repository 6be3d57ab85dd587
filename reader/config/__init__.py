"""feeds.toml: found, loaded, checked, edited.

Import from the modules: ``locate`` (cheap), ``load``, ``edit`` (loads tomlkit when called).
"""
