"""月度归档: what a month holds and lacks, writing it, verifying it, handing it over."""
