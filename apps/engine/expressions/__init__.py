"""The expression language: safe, total, typed at load, compiled once.

An expression is a short text in a subset of Python's syntax. It is parsed by Python's own
parser, admitted node by node (`grammar`), typed against the scenario's words (`check`), and
emitted as source over flat slots (`nodes`), which is the only text that is ever compiled.
"""
