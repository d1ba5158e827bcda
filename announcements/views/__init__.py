"""The pages readers see: each asks, gathers and renders; none of them changes anything."""
