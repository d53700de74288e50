"""Segments: sections as arrays in read-only files that are mapped into memory."""
