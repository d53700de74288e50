"""What `scripts/evaluate.py` measures: how minutes are read, and how well searches find."""
