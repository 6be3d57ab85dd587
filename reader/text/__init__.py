"""Pure text: what may be painted, what it means, how it is found. No I/O, no clock."""
