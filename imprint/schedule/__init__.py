"""Which editions are stale, and which worker builds them."""
