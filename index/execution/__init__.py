"""Runs a query tree on posting lists that are arrays; knows no engine's files."""
