"""What holds for assets, contracts, members, companies and shares, in plain Python."""
