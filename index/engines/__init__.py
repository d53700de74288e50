"""The engines behind the seam of `index.engine`."""
