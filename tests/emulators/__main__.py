"""`python -m tests.emulators`: four networks and another messenger on loopback; what is typed goes to Discord."""

import subprocess
import sys

PORTS = {"telegram": 8181, "slack": 8182, "discord": 8183, "twilio": 8184, "webhook": 8185}


def main() -> None:
    """Until Ctrl-C, which ends all of them."""
    running = [
        subprocess.Popen(
            [sys.executable, "-m", f"tests.emulators.{name}", str(port)],
            stdin=None if name == "discord" else subprocess.DEVNULL,
        )
        for name, port in PORTS.items()
    ]
    try:
        for one in running:
            one.wait()
    except KeyboardInterrupt:
        for one in running:
            one.terminate()
            one.wait(5)


if __name__ == "__main__":
    main()
