import { readFileSync } from 'node:fs';
import { connect as connectPlain, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { StoreUnavailableError } from '../../shared/store-errors.js';

const WITHIN_MS = 2_000;
/** What gRPC says of a connection that it could not open, mostly without the reason. */
const WITHOUT_REASON = /Last error: null|no answer within|Failed to discover|Deadline exceeded/i;

/** The same error with the reason, where it has none: an untrusted certificate above all. */
export async function withReason(error: unknown, url: string): Promise<unknown> {
  if (!(error instanceof StoreUnavailableError) || !WITHOUT_REASON.test(error.message)) return error;
  const reason = await reasonAt(url).catch(() => null);
  return reason === null ? error : new StoreUnavailableError(`${error.message}: ${reason}`, { cause: error });
}

/** Why no connection comes about to the first host of a connection string; null where one does. */
async function reasonAt(url: string): Promise<string | null> {
  const [, hosts = '', query = ''] = /^esdb(?:\+discover)?:\/\/(?:[^@/]*@)?([^/?]+)[^?]*\??(.*)$/.exec(url) ?? [];
  const { hostname, port } = new URL(`tcp://${hosts.split(',')[0]}`);
  const host = hostname.replace(/^\[|\]$/g, '');
  const parameters = new Map([...new URLSearchParams(query)].map(([name, value]) => [name.toLowerCase(), value]));
  const where = { host, port: Number(port || 2113) };
  if (parameters.get('tls') === 'false') return failureOf(connectPlain(where), 'connect');
  const file = parameters.get('tlscafile') ?? process.env['GRPC_DEFAULT_SSL_ROOTS_FILE_PATH'];
  const socket = connectTls({
    ...where,
    // An address is no server name.
    servername: isIP(host) === 0 ? host : '',
    ALPNProtocols: ['h2'],
    rejectUnauthorized: parameters.get('tlsverifycert') !== 'false',
    ...(file === undefined ? {} : { ca: readFileSync(file) }),
  });
  return failureOf(socket, 'secureConnect');
}

function failureOf(socket: Socket, success: string): Promise<string | null> {
  return new Promise((resolve) => {
    const end = (reason: string | null): void => {
      socket.destroy();
      resolve(reason);
    };
    socket.setTimeout(WITHIN_MS, () => end(null));
    socket.once(success, () => end(null));
    // Of a host with several addresses the error has a code alone.
    socket.once('error', (error: NodeJS.ErrnoException) => end(error.message || String(error.code)));
  });
}
