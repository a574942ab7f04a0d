"""A target with every fault the kill harness looks for: it keeps messages in memory only and thinks for a moment."""

import asyncio
import json
import sys

from bench.wire import Client, Listener


async def serve(port: int, receiver_port: int) -> None:
    client, thinking = Client(receiver_port), set[asyncio.Task[None]]()

    async def answer(said: dict[str, str]) -> None:
        await asyncio.sleep(0.03)
        text = said["text"].replace("/ping", "pong")
        await client.post("/send", json.dumps({"delivery": said["id"], "place": said["chat"], "text": text}).encode())

    def reply(path: str, body: bytes) -> tuple[int, bytes]:
        if path == "/hooks/bench":
            thinking.add(asyncio.create_task(answer(json.loads(body))))
        return 200, b""

    server = await asyncio.get_running_loop().create_server(lambda: Listener(reply), "127.0.0.1", port)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), int(sys.argv[2])))
