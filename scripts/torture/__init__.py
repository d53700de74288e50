"""Parts of `torture_kills.py`."""
