"""What a library promises, each checked: every file holds checks of one kind, which give findings."""
