"""The page of reception days: list, plan, and the steps from planned to locked."""
