"""What is due today and this week."""
