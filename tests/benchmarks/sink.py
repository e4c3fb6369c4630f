"""A mail server that takes everything and keeps nothing, on the port that is its argument: the floor under letters."""

import asyncio
import sys

ANSWERS = {b"EHLO": b"250-sink\r\n250 SIZE 10000000\r\n", b"DATA": b"354 go on\r\n", b"QUIT": b"221 goodbye\r\n"}
TAKEN = b"250 taken\r\n"


class Sink(asyncio.Protocol):
    """One conversation (RFC 5321), read as bytes: commands by line, letters up to the dot."""

    transport: asyncio.Transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self.waiting = b""
        self.in_letter = False
        transport.write(b"220 sink\r\n")

    def data_received(self, data: bytes) -> None:
        self.waiting += data
        if self.in_letter:
            if not self.waiting.endswith(b"\r\n.\r\n"):
                return
            self.waiting, self.in_letter = b"", False
            self.transport.write(TAKEN)
        while b"\r\n" in self.waiting:
            line, _, self.waiting = self.waiting.partition(b"\r\n")
            verb = line[:4].upper()
            self.transport.write(ANSWERS.get(verb, TAKEN))
            self.in_letter = verb == b"DATA"
            if verb == b"QUIT":
                self.transport.close()


async def main(port: int) -> None:
    """Listens until it is ended."""
    server = await asyncio.get_running_loop().create_server(Sink, "127.0.0.1", port)
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
