"""Languages: choice, catalogs, numbers, and what is pushed."""
