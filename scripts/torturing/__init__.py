"""Parts of `torture.py`."""
