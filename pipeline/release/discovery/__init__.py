"""What catalogues, search engines, archives and supply-chain tools read about a release.

`facts` is the one model: the account of the release (`about`), its files and what it was made from. Each other module
turns it into one format, purely. No address of a server is known when a release is made, so every link is relative to
its folder, and holds wherever the folder lies.
"""
