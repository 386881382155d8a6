"""What Starling knows: pure, synchronous, standard library only; the time comes in as an argument."""
