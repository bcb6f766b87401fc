"""Provincial greenhouse-gas inventory (省级温室气体清单), edition of 2011: a guideline a sector, and their summary.

Source: 省级温室气体清单编制指南（试行），发改办气候〔2011〕1041号. Its text could not be read; what is from memory,
from a later standard that reprints it, or from published code says so in its parameter's confidence.
"""
