"""How people write things, and what they mean: texts, numbers, dates, phones, choices."""
