"""One SQLite file: everything Warta keeps."""
