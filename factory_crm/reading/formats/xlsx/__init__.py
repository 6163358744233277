"""Reading .xlsx: hardened, streaming, with the true place of every cell."""
