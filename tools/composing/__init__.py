"""Engines that make and remake songs: melody model, form, arrangement, restyling, editing."""
