"""The interface described for programs, as OpenAPI 3.1 has it."""
