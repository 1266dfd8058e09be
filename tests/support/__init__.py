"""What the suite needs to run: its databases, its browser, its cast. The fixtures are published by conftest.py."""
