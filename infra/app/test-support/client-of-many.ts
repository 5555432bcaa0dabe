import { HttpClient } from './http-client.js';

/** One origin in front of two processes: who asks to read gets the one, who writes the other. */
export class TwoFaced extends HttpClient {
  constructor(
    private readonly writes: HttpClient,
    private readonly reads: HttpClient,
  ) {
    super({ url: 'nowhere' });
  }

  override call(...[method, path, request]: Parameters<HttpClient['call']>): ReturnType<HttpClient['call']> {
    return (method === 'GET' ? this.reads : this.writes).call(method, path, request);
  }
}

/** Several addresses of one shop, by turns; a process that is gone is left out by trying again. */
export class EitherOf extends HttpClient {
  private turn = 0;

  constructor(private readonly clients: readonly HttpClient[]) {
    super({ url: 'nowhere' });
  }

  override call(...args: Parameters<HttpClient['call']>): ReturnType<HttpClient['call']> {
    const client = this.clients[this.turn++ % this.clients.length];
    if (client === undefined) throw new Error('there is no engine');
    return client.call(...args);
  }
}
