"""What each verb is asked with, one file a subject."""
