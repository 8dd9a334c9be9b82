"""read_xpt.py READER FILE: every value of a SAS transport file as pandas or pyreadstat reads it."""
import math
import sys

reader, file = sys.argv[1:]
if reader == "pandas":
    import pandas
    frame = pandas.read_sas(file, format="xport", encoding="utf-8")
else:
    import pyreadstat
    frame, _ = pyreadstat.read_xport(file)
for name in frame.columns:
    for value in frame[name]:
        if isinstance(value, float):
            value = "." if math.isnan(value) else value.hex()
        print(f"{name}={value}")
