"""Labelled answers, and the checks of their form."""
