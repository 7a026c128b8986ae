"""Figures: what is found, drawn. Matplotlib takes half a second to load: only functions that draw import it."""
