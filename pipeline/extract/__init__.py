"""Extraction: from an article to the mentions it reports, with the sentence each one rests on."""
