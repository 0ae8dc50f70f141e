"""What an operator can do: one function an act, the Tx handed in."""
