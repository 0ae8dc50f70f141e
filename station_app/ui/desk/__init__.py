"""The reception desk: arrivals, fast entry, deputies present, the day's figures."""
