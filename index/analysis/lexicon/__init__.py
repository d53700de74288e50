"""The Swedish lexicon: a hunspell word list with its forms written out, in one file that is mapped."""
