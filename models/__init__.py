"""Language and embedding models of others: obtain, load, generate, embed."""
