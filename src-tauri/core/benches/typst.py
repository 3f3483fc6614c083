"""How long typst takes for a document in its own process: `typst.py FILE.typ RUNS FONTS`.

Prints the median in milliseconds of RUNS compiles after the first, the first itself (which reads the fonts), the
peak memory of the process in megabytes, and the size of the file. Every RUN in the text becomes another word each
time, so that nothing of the compile before can be used again.
"""

import resource
import statistics
import sys
import time

import typst

path, runs, fonts = sys.argv[1], int(sys.argv[2]), sys.argv[3]
with open(path, encoding="utf-8") as file:
    source = file.read()
times = []
size = 0
for run in range(runs + 1):
    with open(path, "w", encoding="utf-8") as file:
        file.write(source.replace("RUN", f"{run:04}"))
    compiler = typst.Compiler(path, font_paths=[fonts], ignore_system_fonts=True)
    start = time.perf_counter()
    size = len(compiler.compile(format="pdf"))
    times.append((time.perf_counter() - start) * 1000)
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
print(f"{statistics.median(times[1:]):.2f} {times[0]:.2f} {peak:.0f} {size}")
