"""The trained networks: each defined once, in Keras, with a reader of its published weights."""
