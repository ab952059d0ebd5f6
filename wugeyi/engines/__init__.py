"""Pure engines: data in, result out; no framework, clock, network or global state."""
