"""The layout proof: the laid-out boxes of every page are searched for what a proof-reader would mark."""
