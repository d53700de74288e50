"""What every engine must do, whatever it is made of; each test runs against each engine."""
