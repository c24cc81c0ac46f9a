"""Weekly figures: events and casualties by ISO week, governorate and type, beside how much was read."""
