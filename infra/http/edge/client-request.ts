import { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';

const offered = new WeakSet<IncomingMessage>();

export interface Offers {
  /** Whether a connection is still needed for an answer. */
  isTaken(socket: Socket): boolean;
  /** The connection will be a WebSocket. */
  onHandOver(socket: Socket): void;
}

/**
 * The class of requests that are asked for `upgrade` before Node hands their connection to whoever listens for upgrades. An offer
 * of another protocol may be ignored, and one behind a request that is still being answered is: the connection is needed for that.
 */
export function clientRequest({ isTaken, onHandOver }: Offers): typeof IncomingMessage {
  return class ClientRequest extends IncomingMessage {
    get upgrade(): boolean {
      if (!offered.has(this)) return false;
      if (this.method !== 'CONNECT' && isTaken(this.socket)) return false;
      if (this.headers.upgrade?.toLowerCase() === 'websocket') onHandOver(this.socket);
      return true;
    }
    set upgrade(isOffered: boolean | null) {
      if (isOffered === true) offered.add(this);
      else offered.delete(this);
    }
  };
}
