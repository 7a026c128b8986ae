"""Faces: detected in a photo, and cut out as aligned chips."""
