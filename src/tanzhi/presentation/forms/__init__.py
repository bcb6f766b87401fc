"""Forms made of an action's typed input, and the buttons that lead to them."""
