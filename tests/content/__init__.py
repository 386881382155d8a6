"""Tests of the packs, their schema and the loader."""
