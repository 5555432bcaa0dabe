import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';

/** Takes webhooks as a customer's endpoint does: it believes what is signed, and can be told to fail. */
export class WebhookReceiver {
  /** Ids of what was taken, as it came. */
  readonly ids: string[] = [];
  /** Ids of what was answered with an error. */
  readonly failed: string[] = [];
  /** Ids of what was not signed with the secret. */
  readonly unsigned: string[] = [];
  private readonly bodies: string[] = [];
  private failing = 0;

  private constructor(
    private readonly server: Server,
    private readonly verifier: Webhook,
  ) {
    server.on('request', (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        response.writeHead(this.take(request.headers, Buffer.concat(chunks).toString())).end();
      });
    });
  }

  static async start(secret: string): Promise<WebhookReceiver> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new WebhookReceiver(server, new Webhook(secret));
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/hooks`;
  }

  /** Answers the next so many with an error. */
  failNext(count: number): void {
    this.failing = count;
  }

  events<Event>(): readonly Event[] {
    return this.bodies.map((body) => JSON.parse(body) as Event);
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  /** The status to answer. */
  private take(headers: IncomingHttpHeaders, body: string): number {
    const id = String(headers['webhook-id']);
    if (this.failing > 0) {
      this.failing -= 1;
      this.failed.push(id);
      return 500;
    }
    try {
      this.verifier.verify(body, headers as Record<string, string>);
    } catch {
      this.unsigned.push(id);
      return 401;
    }
    this.ids.push(id);
    this.bodies.push(body);
    return 204;
  }
}
