// What staff and buyers ask for over HTTP while a history is made: an answer that nobody expects ends the proof.
import { setTimeout as delay } from 'node:timers/promises';

const PATIENCE_MS = 60_000;

export class Requests {
  constructor(client) {
    this.client = client;
  }

  async post(path, body) {
    const answer = await this.client.write('POST', path, body);
    if (answer.status >= 400) throw new Error(`POST ${path} is answered ${answer.status}: ${answer.text}`);
    return answer.json;
  }

  async change(method, path, body) {
    const answer = await this.client.write(method, path, body);
    if (answer.status !== 200) throw new Error(`${method} ${path} is answered ${answer.status}: ${answer.text}`);
  }

  /** Whether the log has an event of a type, and of a stream where one is named. */
  async hasEvent(type, stream) {
    const filter = new URLSearchParams({ type, limit: '1', ...(stream && { stream }) });
    return (await this.client.read(`/v1/events?${filter}`)).text !== '';
  }

  /** Waits until the log has such an event. */
  async event(type, stream) {
    const until = Date.now() + PATIENCE_MS;
    while (!(await this.hasEvent(type, stream))) {
      if (Date.now() > until) throw new Error(`${stream ?? 'the log'} does not come to ${type}`);
      await delay(50);
    }
  }
}
