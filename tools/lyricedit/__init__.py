"""Changes to lyrics that exist, line by line, within their form."""
