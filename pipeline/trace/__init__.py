"""One thing followed through releases: upwards to quotes, articles and raw inputs, downwards to figures and pages."""
