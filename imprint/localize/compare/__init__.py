"""What differs between two issues of an edition, or between two editions of one issue."""
