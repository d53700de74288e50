"""The engines that are compared, one module each."""
