import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, TLSSocket } from 'node:tls';
import type { Certificate } from '../../test-support/self-signed-certificate.js';

/** A way to a server that speaks no TLS, for clients that want it: whatever ends TLS before a real one. */
export interface TlsWay {
  /** `localhost:port` of the side with TLS. */
  readonly address: string;
  close(): Promise<void>;
}

/** To a server whose clients begin with TLS. `upstream` is `host:port`. */
export function openTlsWay(upstream: string, certificate: Certificate): Promise<TlsWay> {
  const sockets = new Set<Socket>();
  // HTTP/2 is what gRPC's clients insist on; the others take what they ask for, or nothing.
  const server = createTlsServer({ ...certificate, ALPNProtocols: ['h2', 'http/1.1'] }, (client) => {
    join(client, connectTo(upstream), sockets);
  });
  // A client that does not trust the certificate hangs up.
  server.on('tlsClientError', () => undefined);
  return listening(server, sockets);
}

/** To a NATS server: clients begin with TLS once the server has introduced itself and asked for it. */
export function openNatsTlsWay(upstream: string, certificate: Certificate): Promise<TlsWay> {
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const behind = connectTo(upstream);
    sockets.add(client).add(behind);
    for (const socket of [client, behind]) socket.on('error', () => socket.destroy());
    behind.once('data', (hello: Buffer) => {
      const [, info = '{}'] = /^INFO (\{.*\})/.exec(hello.toString()) ?? [];
      const asking = { ...(JSON.parse(info) as object), tls_required: true };
      client.write(`INFO ${JSON.stringify(asking)}\r\n`, () => {
        join(new TLSSocket(client, { ...certificate, isServer: true }), behind, sockets);
      });
    });
  });
  return listening(server, sockets);
}

function connectTo(address: string): Socket {
  const { hostname, port } = new URL(`tcp://${address}`);
  return connect(Number(port), hostname);
}

function join(client: Socket, behind: Socket, sockets: Set<Socket>): void {
  for (const [socket, other] of [
    [client, behind],
    [behind, client],
  ] as const) {
    sockets.add(socket);
    socket.on('error', () => other.destroy());
    socket.on('close', () => other.destroy());
    socket.pipe(other);
  }
}

async function listening(server: Server, sockets: Set<Socket>): Promise<TlsWay> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    address: `localhost:${(server.address() as AddressInfo).port}`,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
