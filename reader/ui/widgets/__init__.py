"""The parts of the screen: they take data down and send messages up."""
