import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { RequestQueue } from './request-queue.js';

/** Requests that may wait behind another on one connection; nobody who means well sends so many ahead. */
const MOST_WAITING = 100;

interface Turn {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly handle: RequestListener;
}

/** What one connection asked for: the request that is being answered, then those behind it. */
interface Line {
  current: Turn;
  readonly waiting: Turn[];
}

/**
 * Answers the requests of a connection one after the other: the next when the answer before has been taken. Node parses all
 * that a client has sent ahead and would have each of them answered at once, into memory, whether anybody reads or not.
 */
export class Turns {
  /** Those whose turn on their connection it is, until they are begun. */
  readonly queue = new RequestQueue();
  private readonly lines = new Map<Socket, Line>();
  private whenIdle: (() => void) | null = null;

  /** Lets the handler have each request when its turn comes. */
  inTurn(handle: RequestListener): RequestListener {
    return (request, response) => this.take({ request, response, handle });
  }

  private take(turn: Turn): void {
    const { socket } = turn.request;
    const line = this.lines.get(socket);
    if (line === undefined) {
      const begun = { current: turn, waiting: [] };
      this.lines.set(socket, begun);
      this.answer(socket, begun);
    } else if (line.waiting.length < MOST_WAITING) line.waiting.push(turn);
    else socket.destroy();
  }

  /** Whether a request of this connection is being answered. */
  isTaken(socket: Socket): boolean {
    return this.lines.has(socket);
  }

  /** Whether what is written to the connection now would be taken for the answer to a request that came before. */
  wouldMislead(socket: Socket): boolean {
    const current = this.lines.get(socket)?.current;
    return current !== undefined && (current.request.complete || current.response.headersSent);
  }

  /** Resolves when nothing is being answered, or after so many milliseconds. */
  async idle(patienceMs: number): Promise<void> {
    if (this.lines.size === 0) return;
    await new Promise<void>((resolve) => {
      const impatience = setTimeout(resolve, patienceMs);
      this.whenIdle = () => {
        clearTimeout(impatience);
        resolve();
      };
    });
  }

  private answer(socket: Socket, line: Line): void {
    const { request, response, handle } = line.current;
    response.once('close', () => this.next(socket, line));
    this.queue.add(request, () => {
      // Nobody is there any more to take an answer.
      if (!response.closed) handle(request, response);
    });
  }

  private next(socket: Socket, line: Line): void {
    const turn = socket.destroyed ? undefined : line.waiting.shift();
    if (turn !== undefined) {
      line.current = turn;
      return this.answer(socket, line);
    }
    this.lines.delete(socket);
    if (this.lines.size === 0) this.whenIdle?.();
  }
}
