"""What happens when something goes wrong, tried: a test here holds each row of `docs/drills.md`."""
