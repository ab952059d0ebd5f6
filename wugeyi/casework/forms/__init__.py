"""What people type into casework: parsed and explained, never saved here."""
