"""fieldledger: news articles to a verified data package of conflict events and weekly briefings."""
