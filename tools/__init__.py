"""What can be done: one module per tool over its engine."""
