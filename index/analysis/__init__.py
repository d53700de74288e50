"""Swedish text to tokens: the one analysis that index, queries and highlighting share."""
