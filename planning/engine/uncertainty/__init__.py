"""What one does not know: lives, growth and the oath drawn many times, and what each strategy then leaves."""
