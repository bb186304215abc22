"""The books of a year as the law wants them: their columns, and all of them as a spreadsheet."""
