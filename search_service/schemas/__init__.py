"""The answers as Pydantic models: they are what OpenAPI shows, and tests check real answers against them."""
