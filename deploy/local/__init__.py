"""The one-machine stack: broker, database and every process of Terbuka on loopback, without containers.

`setup` prepares the machine (standard library only); `stack` starts and stops everything; `run` is what a person calls.
"""
