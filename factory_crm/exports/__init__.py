"""What is handed on beside the summary: workbooks a person, calendars, PDF."""
