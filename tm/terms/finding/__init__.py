"""Where terms stand in text, whatever is written onto them."""
