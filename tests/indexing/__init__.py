"""A run over a folder of minutes: what it changes in the index, and what it does when something is wrong."""
