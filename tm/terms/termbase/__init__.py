"""Which renderings a house wants for its terms: concepts, look-up, files."""
