"""What `check_scenario` looks at beyond the structure: each concern in a file of its own.

`references` decides whether a scenario can be loaded at all; the others are what an author
wants to know before people play it.
"""
