"""Words of the collection that a word without hits may have been meant as."""
