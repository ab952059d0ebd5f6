"""Pages of messages: for receipt holders, for who signs in, for who looks after sending."""
