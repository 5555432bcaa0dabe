import { ServerResponse } from 'node:http';
import type { IncomingMessage, Server } from 'node:http';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { Injectable } from '@nestjs/common';
import type { OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';

/** A request that wants its connection for a WebSocket. */
interface Upgrade {
  readonly response: ServerResponse;
  readonly socket: Socket;
  readonly head: Buffer;
}

/** Most bytes of a message from a client, which has nothing to send. */
const MAX_PAYLOAD = 1_024;
const GOING_AWAY = 1001;
const PATIENCE_MS = 500;

/**
 * WebSockets on ordinary routes: a request for one passes the same hooks, guards and pipes as any other, is refused with
 * the same problem documents, and reaches its route, which then takes the connection.
 */
@Injectable()
export class Upgrades implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly waiting = new WeakMap<IncomingMessage, Upgrade>();
  private readonly sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_PAYLOAD });

  constructor(private readonly host: HttpAdapterHost<FastifyAdapter>) {}

  onApplicationBootstrap(): void {
    const server: Server = this.host.httpAdapter.getHttpServer();
    const fastify = this.host.httpAdapter.getInstance();
    server.on('upgrade', (request: IncomingMessage, socket: unknown, head: Buffer) => {
      if (!(socket instanceof Socket)) throw new TypeError('a connection of an HTTP server is a socket');
      if (request.headers.upgrade?.toLowerCase() !== 'websocket') return asPlainHttp(server, request, { socket, head });
      socket.on('error', () => socket.destroy());
      const response = new ServerResponse(request);
      response.shouldKeepAlive = false;
      response.assignSocket(socket);
      response.once('finish', () => socket.end());
      this.waiting.set(request, { response, socket, head });
      fastify.routing(request, response);
    });
  }

  /** Whether a route may take the connection of this request. */
  isWanted({ raw }: FastifyRequest): boolean {
    return this.waiting.has(raw);
  }

  /** Makes the connection a WebSocket; the answer is then no longer the framework's. */
  accept({ raw }: FastifyRequest, reply: FastifyReply, onSocket: (socket: WebSocket) => void): void {
    const upgrade = this.waiting.get(raw);
    if (upgrade === undefined) throw new Error('the request does not ask for a WebSocket');
    const { response, socket, head } = upgrade;
    reply.hijack();
    response.detachSocket(socket);
    this.sockets.handleUpgrade(raw, socket, head, onSocket);
  }

  /** Closes every connection, and waits a moment for the clients to close theirs. */
  async onModuleDestroy(): Promise<void> {
    const open = [...this.sockets.clients];
    const gone = Promise.all(open.map((socket) => new Promise((resolve) => socket.once('close', resolve))));
    for (const socket of open) socket.close(GOING_AWAY);
    const impatience = setTimeout(() => open.forEach((socket) => socket.terminate()), PATIENCE_MS);
    await gone;
    clearTimeout(impatience);
    this.sockets.close();
  }
}

const OFFER = new Set(['connection', 'upgrade', 'http2-settings']);

/**
 * Handles a request as if it had not offered another protocol (Java's HTTP client offers HTTP/2 with every request):
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
