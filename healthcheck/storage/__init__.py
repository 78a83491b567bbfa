"""The SQLite file that holds everything: the only room that knows SQL."""
