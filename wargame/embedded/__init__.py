"""The embedded default: the whole product on one machine, brought up by one command.

`script/server` runs this package. It owns processes, ports and the folder `var/`; it knows
nothing of games. Tests bring up their Redis and their servers with the same parts.
"""
