"""Every write of sharing: partners, things, bookings, thanks, words."""
