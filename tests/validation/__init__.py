"""The checking room: every problem at its cell, and no other."""
