"""Laboratory reports (检测报告): records of their own, from which a month's measured values come."""
