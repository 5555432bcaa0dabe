import { once } from 'node:events';
import { createServer } from 'node:net';
import type { Config } from '../../config/index.js';
import { ConfigError } from '../../config/index.js';

const ADVICE: Readonly<Record<string, string>> = {
  EADDRINUSE: 'another program has the port; stop that program or set another PORT',
  EACCES: 'this user may not open the port; set a PORT above 1023',
  EADDRNOTAVAIL: 'this machine has no such address; set another HOST',
  EAI_AGAIN: 'there is no such host, or no answer from the name server; set another HOST',
  ENOTFOUND: 'there is no such host; set another HOST',
};

/**
 * Opens the port.
 * @throws ConfigError the port cannot be opened; the message says what to do
 */
export async function listen(
  app: { listen(port: number, host: string): Promise<unknown> },
  { port, host }: Pick<Config, 'port' | 'host'>,
): Promise<void> {
  try {
    await app.listen(port, host);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const advice = ADVICE[code];
    if (advice === undefined) throw error;
    throw new ConfigError([`cannot listen on ${host}:${port} (${code}): ${advice}`]);
  }
}

/**
 * Checks that the port can be opened, before any store is opened.
 * @throws ConfigError as `listen`
 */
export async function checkPort(config: Pick<Config, 'port' | 'host'>): Promise<void> {
  const server = createServer();
  const opened = async (port: number, host: string): Promise<void> => {
    server.listen(port, host);
    await once(server, 'listening');
  };
  await listen({ listen: opened }, config);
  server.close();
  await once(server, 'close');
}
