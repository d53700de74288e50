"""Makes the sample minutes: invented content (`content/*.toml`), layouts and file formats."""
