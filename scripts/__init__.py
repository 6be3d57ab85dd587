"""What is run by hand: translations, key tables, pictures."""
