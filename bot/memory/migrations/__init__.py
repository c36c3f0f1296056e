"""Steps that bring an older database to the tables of today."""
