"""What a document is, inferred from its text and path; `inference` is the front door."""
