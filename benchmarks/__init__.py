"""What pages cost, measured as ratios within one run."""
