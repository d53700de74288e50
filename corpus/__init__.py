"""Reads folders of Swedish municipal minutes; knows nothing of search."""
