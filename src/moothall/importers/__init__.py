"""What comes in from outside: spreadsheets of people, bodies, memberships and meetings. Only verbs write."""
