"""Polling: pure decisions about feeds and their entries."""
