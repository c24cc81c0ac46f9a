"""The ingest room: files into articles, everything that cannot be used into rejections.

``records`` reads files into documents, ``boilerplate`` and ``language`` judge their texts, ``articles`` makes the
tables `articles`, `article_texts` and `sources`, ``copies`` marks syndicated copies. What an article tells is not
read here: that is the extract room's.
"""
