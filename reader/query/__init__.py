"""The filter language: one tree, with a meaning in Python here and a meaning in SQL in storage."""
