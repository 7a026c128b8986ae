"""Faces to and from other programs."""
