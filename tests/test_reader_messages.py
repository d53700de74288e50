"""Replies of reader processes are decoded by many threads."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
DECODE_AT_ONCE = """
import sys
import threading

sys.setswitchinterval(1e-7)

from corpus.reader_process import Reply, decode_reply, encode
from tests.builders import document, section

THREADS = 32

reply = Reply(document=document("a.txt", *(section(str(number), text="skola") for number in range(3))))
frame = encode(reply)
decoded = []
together = threading.Barrier(THREADS)


def decode():
    together.wait()
    decoded.append(decode_reply(frame))


threads = [threading.Thread(target=decode) for _ in range(THREADS)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
sys.exit(decoded != [reply] * THREADS)
"""


@pytest.mark.parametrize("_attempt", range(12))
def test_the_first_replies_may_be_decoded_at_once(_attempt: int) -> None:
    run = subprocess.run([sys.executable, "-c", DECODE_AT_ONCE], cwd=ROOT, check=False)

    assert run.returncode == 0
