"""Tests that look at the whole: the architecture and journeys across apps; and what the tests of all apps share."""
