"""Terms: where they occur, how they have been rendered, and what to suggest."""
