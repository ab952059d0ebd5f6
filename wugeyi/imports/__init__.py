"""Tables people send: read, checked, previewed with findings, then accepted."""
