"""Korean in Latin letters, and Korean names in English text."""
