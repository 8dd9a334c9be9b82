"""Prints the median and 99th percentile of `1+1` in a Jupyter kernel, in microseconds.

One blocking client, the kernel over its Unix-domain (ipc) transport, the time from the request to
the shell's reply. Needs jupyter_client and ipykernel; says which is missing and exits with 3.
"""

import statistics
import sys
import time

try:
    import ipykernel  # noqa: F401
    from jupyter_client import KernelManager
except ImportError as error:
    print(f"{error.name} is not installed: skipped")
    sys.exit(3)

manager = KernelManager(transport="ipc")
manager.start_kernel()
client = manager.blocking_client()
client.start_channels()
client.wait_for_ready(timeout=60)
times = []
for round in range(320):
    start = time.perf_counter()
    request = client.execute("1+1", silent=False, store_history=False)
    while client.get_shell_msg(timeout=60)["parent_header"].get("msg_id") != request:
        pass
    if round >= 20:
        times.append((time.perf_counter() - start) * 1e6)
client.stop_channels()
manager.shutdown_kernel(now=True)
times.sort()
print(f"{statistics.median(times):.1f} {times[int(len(times) * 0.99)]:.1f}")
