"""What happens by the clock: apps register tasks, ``wugeyi tick`` runs what is due."""
