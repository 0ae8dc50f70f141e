"""The issues page: master and detail, the timeline of an issue, its acts typed in place."""
