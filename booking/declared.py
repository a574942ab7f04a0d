"""What is declared once more for the help page: examples that nobody says but many type."""

EXAMPLES = {"say:pay": "pay for the cart | /pay split | /pay Ana 1 Ben 2"}
