"""The agent in a world of its own: a real mailbox, a mail server to send by, an owner at their mail client."""
