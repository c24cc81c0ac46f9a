"""One thing followed through the releases: upwards to quotes, articles and raw inputs, downwards to figures and pages."""
