"""One module a file format: each turns blocks into the bytes of a file."""
