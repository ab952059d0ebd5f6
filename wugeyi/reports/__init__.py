"""Reports: forms that fill themselves, paragraphs with evidence."""
