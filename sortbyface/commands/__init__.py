"""The commands: arguments in, one library call, words out."""
