"""Meetings: rooms, the calendar, the deadlines of each meeting, calendars to subscribe to."""
