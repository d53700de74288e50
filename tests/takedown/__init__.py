"""What is taken down is in no answer, no file and no later run."""
