"""`python -m healthcheck` is the same as `healthcheck`."""

from healthcheck.cli import main

if __name__ == "__main__":
    main()
