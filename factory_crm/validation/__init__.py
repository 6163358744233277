"""Cells to typed rows and to problems, each at its cell. Nothing here imports pandas."""
