"""Arguments, one module per command, the terminal, exit codes."""
