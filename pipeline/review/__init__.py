"""The review queue: what a person should look at first, shown with its evidence, and decisions turned into corrections.

Nothing is coded or corrected here: `queue` ranks, `cards` gathers what is shown, `page`, `sheet` and `terminal` show
it, and `decisions` writes what people decided as a file of corrections, which the next run applies.
"""
