import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { connect, disconnect } from './client.js';
import { readVersion } from './server-version.js';

test('a server that was away is tried again every two seconds at least, however long it was away', async () => {
  let tries = 0;
  let enough = (): void => {};
  const tried = new Promise<void>((resolve) => (enough = resolve));
  // With the pauses of gRPC the tenth try comes after more than a minute and a half.
  const server = createServer((socket) => {
    socket.destroy();
    tries += 1;
    if (tries === 10) enough();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const client = connect(`esdb://127.0.0.1:${port}?tls=false`, () => {});
  const asking = { goesOn: true };
  const asked = (async () => {
    while (asking.goesOn) {
      await readVersion(client, 1_000).catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  })();
  await tried;
  asking.goesOn = false;
  await asked;
  await disconnect(client);
  server.close();
});
