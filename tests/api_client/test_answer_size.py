"""Too large an answer is refused while it arrives: memory stays near the limit, not near the answer."""

import asyncio
import sys
from pathlib import Path

import pytest

from tests.api_client.faults.behaviours import BEHAVIOURS
from tests.api_client.faults.server import FaultServer

# In a process of its own: the peak of this one's memory was set by other tests.
_CODE = """
import asyncio, sys
from api_client import BadPayload, ClientOptions, SubscriberClient

def peak_mb():
    lines = open("/proc/self/status").read().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024

async def main(address):
    async with SubscriberClient(ClientOptions("key", address + "/extra-field~get")) as client:
        await client.subscribers.get("ada")
    before = peak_mb()
    async with SubscriberClient(ClientOptions("key", address + "/" + sys.argv[2])) as client:
        try:
            await client.subscribers.get("ada")
        except BadPayload as refused:
            print(peak_mb() - before, refused.user_text)

asyncio.run(main(sys.argv[1]))
"""


@pytest.mark.skipif(
    not Path("/proc/self/status").exists(), reason="reads a process's peak of memory from /proc"
)
@pytest.mark.parametrize("fault", ["flood~get", "gzip-bomb~get"])
async def test_memory_stays_near_the_limit_of_16_megabytes(fault: str) -> None:
    """300 MB are offered, and 30 MB packed into 30 kB."""
    async with FaultServer(BEHAVIOURS) as server:
        address = f"http://127.0.0.1:{server.port}"
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-c", _CODE, address, fault, stdout=asyncio.subprocess.PIPE
        )
        printed, _ = await process.communicate()
    grown_mb, text = printed.decode().split(" ", 1)
    assert "too large (limit 16 MB)" in text
    assert float(grown_mb) < 48
