"""Speed and memory, measured on this machine in this run. Not tests: nothing here fails for being slow.

`make bench` runs everything; `make bench ARTICLES=wire.jsonl` takes the articles of a file or folder instead of the
sample corpus. Each measure has a process of its own, so that its memory is its own.
"""
