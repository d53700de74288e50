"""From the text of a document to its sections (§); `segmenter` is the front door."""
