"""What a scan leads to anywhere in the window: cards, forms, receipts; and its answer on screen."""
