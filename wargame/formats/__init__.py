"""How dates are written in each language (FORMAT_MODULE_PATH).

Numbers keep the decimal point in every language: the figures of a game stand beside texts of its
scenario and sentences of its engine, which write them so, and a template's number is safe in an
SVG path, a style or a data attribute in any language.
"""
