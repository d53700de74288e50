"""The search engine: Swedish analysis, query language, execution, ranking, generations."""
