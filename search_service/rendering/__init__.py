"""Other formats than JSON for the same results."""
