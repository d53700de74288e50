"""The pages in a real browser: what the tests of the pages and `scripts/screenshots.py` share."""
