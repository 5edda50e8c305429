"""How two ways to write music as text are compared; Benchmarks/encodings.py is the program."""
