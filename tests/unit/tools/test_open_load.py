"""Whether the load of the benchmarks is due at its pace, and measured from when it was due."""

import asyncio

from benchmarks.open_load import CONNECTIONS, get, steady

ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
STALL_S = 0.3


async def measured(*, per_second, seconds):
    """A load on a server that stands still once, for all who ask."""
    begun, open_again = asyncio.Event(), asyncio.Event()

    async def answer(reader, writer):
        while await reader.readline():
            while await reader.readline() != b"\r\n":
                pass
            if not begun.is_set():
                begun.set()
                await asyncio.sleep(STALL_S)
                open_again.set()
            await open_again.wait()
            writer.write(ANSWER)
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with server:
        requests = [get("a", "/a", "t"), get("b", "/b", "t")]
        taken = await steady(port, requests, per_second=per_second, seconds=seconds)
        await asyncio.sleep(0.1)  # for the server to see that all has been closed
    return taken


def test_a_server_that_stands_still_is_charged_with_all_that_it_kept_waiting():
    taken = asyncio.run(measured(per_second=400, seconds=1.0))
    assert len(taken) == 400
    assert {each.kind for each in taken} == {"a", "b"}
    late = [each for each in taken if each.total_s > STALL_S / 3]
    assert len(late) >= 400 * STALL_S * 0.6
    assert len([each for each in late if each.waited_s > 0.01]) >= len(late) - CONNECTIONS - 5
