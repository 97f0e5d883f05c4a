"""State x rules x now -> wishes: which drafts should exist now, which may stay, which must go, and when to look again. Pure."""
