"""The catalogs of the interface: gathered, compiled and checked without system tools."""
