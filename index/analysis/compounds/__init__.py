"""Splits compounds, by the lexicon and by what each part costs."""
