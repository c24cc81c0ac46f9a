"""The ingest room: files into articles, everything that cannot be used into rejections.

``found`` says which files there are, ``archived`` keeps them, ``records`` reads them into documents, ``boilerplate``
and ``language`` judge their texts, ``articles`` makes the tables `articles`, `article_texts` and `sources`, ``copies``
marks syndicated copies. What an article tells is not read here: that is the extract room's.
"""
