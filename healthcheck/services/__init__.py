"""What a person may do: permission, then the rule, the store and the event, in one function."""
