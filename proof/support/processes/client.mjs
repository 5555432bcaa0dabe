// A client that does not give up, and remembers what it was told and when.
import { setTimeout as delay } from 'node:timers/promises';
import { tokenLine } from '../../../bench/support/engine.mjs';
import { uuidOf } from '../log-plan.mjs';

const PATIENCE_SECONDS = 90;
const CALL_SECONDS = 40;
const authorization = tokenLine('admin').slice('authorization: '.length).trim();

export const revisionOf = ({ etag }) => Number(etag.replaceAll('"', ''));

export class Client {
  constructor(cluster, random, history) {
    Object.assign(this, { cluster, random, history });
  }

  /** Sends it to any engine, with the same key again until it is answered. A refusal by a rule is an answer too. */
  async write(method, path, body, { stream, headers = {}, key = uuidOf(this.random) } = {}) {
    const request = { method, path, body, key, headers };
    const start = performance.now();
    const answer = await this.#until(`${method} ${path}`, () => this.#call(request));
    this.history.push({ ...request, stream, ...answer, start, end: performance.now() });
    return answer;
  }

  /** The same request from two clients at once, with one key. */
  async twice(method, path, body, options) {
    const key = uuidOf(this.random);
    const [one, other] = await Promise.all([0, 1].map(() => this.write(method, path, body, { ...options, key })));
    return [one, other];
  }

  /** @param {string} token of a write that the answer has to show */
  async read(path, token) {
    const headers = { prefer: 'wait=20', ...(token && { 'consistency-token': token }) };
    return this.#until(`GET ${path}`, () => this.#call({ method: 'GET', path, headers }));
  }

  /** The same of a stream's own resource, to be checked with the rest of the history. */
  async readAfter({ path, stream }, { token, etag }) {
    const start = performance.now();
    const answer = await this.read(path, token);
    this.history.push({ method: 'GET', path, stream, ...answer, start, end: performance.now(), after: etag });
    return answer;
  }

  /** The order once its checkout has ended. */
  async settledOrder(orderId, token) {
    const until = Date.now() + PATIENCE_SECONDS * 1000;
    for (;;) {
      const { status, json } = await this.read(`/v1/orders/${orderId}`, token);
      if (status !== 200) throw new Error(`order ${orderId} is answered ${status} to who placed it`);
      if (json.status !== 'pending') return json;
      if (Date.now() > until) throw new Error(`the checkout of order ${orderId} does not end`);
      await delay(30);
    }
  }

  /** The order once this holds of it. */
  async orderWhen(orderId, holds) {
    const until = Date.now() + PATIENCE_SECONDS * 1000;
    for (;;) {
      const { json } = await this.read(`/v1/orders/${orderId}`);
      if (holds(json)) return json;
      if (Date.now() > until) throw new Error(`order ${orderId} does not come that far: ${JSON.stringify(json)}`);
      await delay(50);
    }
  }

  async #call({ method, path, body, key, headers }) {
    const engine = this.random.of(this.cluster.desks);
    if (engine === undefined) throw new Error('no engine is up');
    const answer = await fetch(`http://127.0.0.1:${engine.port}${path}`, {
      method,
      headers: {
        authorization,
        ...headers,
        ...(key && { 'idempotency-key': key }),
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(CALL_SECONDS * 1000),
    });
    const text = await answer.text();
    const [etag, token] = ['etag', 'consistency-token'].map((name) => answer.headers.get(name));
    return { status: answer.status, text, json: text === '' ? null : JSON.parse(text), etag, token };
  }

  async #until(what, call) {
    const until = Date.now() + PATIENCE_SECONDS * 1000;
    for (;;) {
      const answer = await call().catch((error) => ({ status: 0, text: `${error} ${error.cause ?? ''}` }));
      const isUnderWay = answer.json?.code === 'REQUEST.IN_PROGRESS';
      if (answer.status !== 0 && answer.status !== 503 && !isUnderWay) return answer;
      if (Date.now() > until) throw new Error(`${what} is not answered, at last ${answer.status} ${answer.text}`);
      await delay(20 + this.random.below(60));
    }
  }
}
