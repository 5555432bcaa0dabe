import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import { eventually } from './eventually.js';

/**
 * A port that nobody listens on, below those that the system gives to outgoing connections: while an engine is down, a
 * client that tries again must not be given the engine's own port.
 */
export function freePort(): Promise<number> {
  return eventually('a port is free', () => tryPort(randomInt(15_000, 32_000)));
}

function tryPort(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(port)));
  });
}
