"""What people must agree to: confirmations bound to one person, and votes."""
