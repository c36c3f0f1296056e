"""The lyric writer: plans a form, writes lines that keep it, checks and ranks them."""
