"""Evaluation: how well the program codes, told by articles that people have coded (gold sets).

Reads gold sets, lays a coding beside them, counts where the two agree, and gives the table `accuracy`. It neither codes
articles itself (that is ``extract``) nor judges events and weekly figures, for which there is no gold.
"""
