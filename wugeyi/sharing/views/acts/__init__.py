"""Everything staff do to rows of sharing, as forms."""
