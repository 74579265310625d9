"""What every stage speaks: editions, diagnostics, the reading door, artifacts."""
