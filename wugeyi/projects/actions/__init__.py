"""Every write of projects: one act, one transaction, one audit event."""
