"""Tests of faces and names that other programs keep."""
