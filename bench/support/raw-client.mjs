// The leanest HTTP client there is: one keep-alive connection, one request at a time, bodies by Content-Length. The load
// generator shares the machine with what it measures, so that every microsecond it spends is taken from the engine.
import { connect } from 'node:net';

export class RawClient {
  #socket;
  #waiting = null;
  #buffer = '';
  #host;

  constructor(port, host = '127.0.0.1') {
    this.#host = `${host}:${port}`;
    this.#socket = connect({ port, host, noDelay: true });
    this.#socket.setEncoding('latin1');
    this.#socket.on('data', (chunk) => this.#take(chunk));
    this.#socket.on('error', (error) => this.#fail(error));
    this.#socket.on('close', () => this.#fail(new Error('connection closed')));
  }

  /** Resolves with {status, head, body}: head and body are text. `headers` are whole lines. */
  request(method, path, body, headers = '') {
    const payload = body === undefined ? '' : JSON.stringify(body);
    const type =
      body === undefined ? '' : `content-type: application/json\r\ncontent-length: ${Buffer.byteLength(payload)}\r\n`;
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
      if (this.#socket.destroyed) return this.#fail(new Error('connection closed'));
      this.#socket.write(`${method} ${path} HTTP/1.1\r\nhost: ${this.#host}\r\n${type}${headers}\r\n${payload}`);
    });
  }

  close() {
    this.#waiting = null;
    this.#socket.destroy();
  }

  #fail(error) {
    this.#waiting?.reject(error);
    this.#waiting = null;
  }

  #take(chunk) {
    this.#buffer += chunk;
    const end = this.#buffer.indexOf('\r\n\r\n');
    if (end < 0) return;
    const head = this.#buffer.slice(0, end);
    const length = /content-length: (\d+)/i.exec(head)?.[1];
    if (length === undefined) return this.#fail(new Error(`an answer without Content-Length: ${head}`));
    const size = end + 4 + Number(length);
    if (this.#buffer.length < size) return;
    const answer = { status: Number(head.slice(9, 12)), head, body: this.#buffer.slice(end + 4, size) };
    this.#buffer = this.#buffer.slice(size);
    const { resolve } = this.#waiting;
    this.#waiting = null;
    resolve(answer);
  }
}

/** The value of a header in an answer; undefined where it has none. */
export function headerOf({ head }, name) {
  return new RegExp(`^${name}: (.*)$`, 'im').exec(head)?.[1].trim();
}

/** The answer, which must have this status. */
export function expectStatus(answer, status) {
  if (answer.status !== status) throw new Error(`${answer.status} instead of ${status}: ${answer.body}`);
  return answer;
}

/** The parsed body of an answer, which must have this status. */
export const bodyOf = (answer, status) => JSON.parse(expectStatus(answer, status).body);
