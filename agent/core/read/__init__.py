"""Message -> Reading: what a message says, each conclusion with the words it rests on. Pure, total, English."""
