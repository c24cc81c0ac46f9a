"""fieldledger: news articles to a verified data package of conflict events and weekly briefings."""

import os
import sys

if "numpy" not in sys.modules:
    # numpy reads this when it is loaded, and only then: the parser's matrix products stay on the core of their process
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
