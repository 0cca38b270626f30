"""Files from outside in, plain values out."""
