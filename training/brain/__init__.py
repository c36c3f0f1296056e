"""The adapter of the embedded chat model: utterances, training, evaluation."""
