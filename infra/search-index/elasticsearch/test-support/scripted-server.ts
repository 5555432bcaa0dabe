import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface ScriptedRequest {
  /** `METHOD /path?query` */
  readonly line: string;
  readonly body: string;
  readonly authorization: string | undefined;
}

export interface ScriptedAnswer {
  readonly status?: number;
  readonly body: unknown;
  /** Nothing is answered, and the connection stays open. */
  readonly isSilent?: boolean;
}

export interface ScriptedServer {
  /** `host:port` */
  readonly host: string;
  readonly requests: readonly ScriptedRequest[];
  close(): Promise<void>;
}

/** A server that answers as it is told where Elasticsearch cannot be made to: too busy, away, refusing. */
export async function startScriptedServer(
  answer: (request: ScriptedRequest) => ScriptedAnswer,
): Promise<ScriptedServer> {
  const requests: ScriptedRequest[] = [];
  const server = createServer(async (request, response) => {
    const scripted = await read(request);
    requests.push(scripted);
    const { status = 200, body, isSilent = false } = answer(scripted);
    if (isSilent) return;
    response.writeHead(status, { 'content-type': 'application/json', 'x-elastic-product': 'Elasticsearch' });
    response.end(request.method === 'HEAD' ? undefined : JSON.stringify(body));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    host: `127.0.0.1:${port}`,
    requests,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

const read = async (request: IncomingMessage): Promise<ScriptedRequest> => ({
  line: `${request.method ?? ''} ${request.url ?? ''}`,
  body: await text(request),
  authorization: request.headers.authorization,
});
