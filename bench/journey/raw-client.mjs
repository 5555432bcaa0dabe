// The leanest HTTP client there is: one keep-alive connection, one request at a time, bodies by Content-Length. The load
// generator shares two cores with what it measures, so that every microsecond it spends is taken from the engine.
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
    this.#socket.on('error', (error) => this.#waiting?.reject(error));
    this.#socket.on('close', () => this.#waiting?.reject(new Error('connection closed')));
  }

  /** Resolves with {status, body}: the body is text. */
  request(method, path, body, headers = '') {
    const payload = body === undefined ? '' : JSON.stringify(body);
    const type =
      body === undefined ? '' : `content-type: application/json\r\ncontent-length: ${Buffer.byteLength(payload)}\r\n`;
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
      this.#socket.write(`${method} ${path} HTTP/1.1\r\nhost: ${this.#host}\r\n${type}${headers}\r\n${payload}`);
    });
  }

  close() {
    this.#waiting = null;
    this.#socket.destroy();
  }

  #take(chunk) {
    this.#buffer += chunk;
    const end = this.#buffer.indexOf('\r\n\r\n');
    if (end < 0) return;
    const length = Number(/content-length: (\d+)/i.exec(this.#buffer.slice(0, end))?.[1] ?? 0);
    if (this.#buffer.length < end + 4 + length) return;
    const status = Number(this.#buffer.slice(9, 12));
    const body = this.#buffer.slice(end + 4, end + 4 + length);
    this.#buffer = this.#buffer.slice(end + 4 + length);
    const { resolve } = this.#waiting;
    this.#waiting = null;
    resolve({ status, body });
  }
}
