"""Reports: the figures of a period, their charts, the rows behind them, frozen reports."""
