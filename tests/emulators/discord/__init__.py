"""An emulator of Discord: its HTTP API, its gateway and the people on it, on loopback; as strict as the real one."""
