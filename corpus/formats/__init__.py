"""One reader a file format; each turns bytes into an `Extraction`."""
