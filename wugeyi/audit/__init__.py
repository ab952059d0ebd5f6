"""Who did what, when: events written with the act, sealed into a hash chain."""
