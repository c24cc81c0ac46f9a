"""What keeps the pipeline running week by week: how assets are shown, data checks, sensor, schedule, alerts.

What the stages do is theirs. Nothing here enters a release.
"""
