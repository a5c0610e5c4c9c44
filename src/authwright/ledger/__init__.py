"""The evidence chain: every move of a case as an entry that can't be changed unnoticed. Pure."""
