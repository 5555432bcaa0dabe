import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';

const OFFER = new Set(['connection', 'upgrade', 'http2-settings']);

/**
 * Goes on with a request as if it had not offered another protocol (Java's HTTP client offers HTTP/2 with every request):
 * a server may ignore the offer, but Node hands the connection over as soon as anybody listens for upgrades. The request
 * is put back in front of what follows on the connection, without the offer, and read as a new one.
 */
export function asPlainHttp(
  server: Server,
  request: IncomingMessage,
  { socket, head }: { readonly socket: Duplex; readonly head: Buffer },
): void {
  const { method, url, httpVersion, rawHeaders } = request;
  const lines = [`${method} ${url} HTTP/${httpVersion}`];
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? '';
    if (!OFFER.has(name.toLowerCase())) lines.push(`${name}: ${rawHeaders[index + 1] ?? ''}`);
  }
  // Latin-1 is what Node reads headers as.
  socket.unshift(Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), head]));
  server.emit('connection', socket);
}
