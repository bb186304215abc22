"""Classification: what kind of information is asked for, and the lists of public and exempt information."""
