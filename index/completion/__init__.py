"""Completes what is being typed: words, titles, committees and dnr, ranked by how much they would find."""
