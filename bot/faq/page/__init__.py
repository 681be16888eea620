"""Reads a page of questions as projects publish them: one Markdown document in, its entries out."""
