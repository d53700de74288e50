"""Delivers the search engine over HTTP and on the command line."""
