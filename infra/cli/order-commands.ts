import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import { problemLine, type ApiClient } from './api-client.js';
import { apiCommand, withClient, type ApiOptions } from './api-command.js';
import { CliError } from './cli-error.js';
import { printTable } from './print-projections.js';
import type { Say } from './rebuild.js';

/** One reason for which an order needs a person. */
export interface AttentionLine {
  readonly orderId: string;
  readonly orderNumber: string;
  readonly status: string;
  readonly reason: string;
  /** RFC 3339 UTC. */
  readonly since: string;
  readonly detail: string;
}

type Caller = Pick<ApiClient, 'call'>;

/** What support does about orders whose money was refused for good. */
export function addOrderCommands(program: Command, say: Say): void {
  const role = 'support or admin';
  apiCommand(program, {
    name: 'orders',
    description: 'list the orders that need a person, with the reason for each',
    role,
  })
    .requiredOption('--attention', 'those that need a person')
    .action(({ url, token }: ApiOptions) =>
      withClient({ url, concurrency: 1 }, async (client) => {
        const lines = await listAttention(client, token);
        if (lines.length === 0) return say('no order needs a person');
        printTable(['orderId', 'orderNumber', 'status', 'reason', 'since', 'detail'], lines, say);
      }),
    );
  apiCommand(program, {
    name: 'retry-payment',
    description: 'have the payment provider asked again for what it refused for good',
    role,
  })
    .argument('<order>', 'the id of the order (see: orders --attention)')
    .action((orderId: string, { url, token }: ApiOptions) =>
      withClient({ url, concurrency: 1 }, async (client) => {
        await retryPayment(client, orderId, token);
        say(`${orderId}: the provider is asked again; orders --attention lists it for as long as it refuses`);
      }),
    );
}

/** @throws CliError with what the engine said */
export async function listAttention(client: Caller, token: string): Promise<readonly AttentionLine[]> {
  const lines: AttentionLine[] = [];
  let cursor: string | null = null;
  do {
    const after: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const answer = await client.call({ method: 'GET', path: `/v1/orders?attention=true&limit=100${after}`, token });
    if (answer.status !== 200) throw new CliError(problemLine(answer));
    const page = answer.body as unknown as OrderPage;
    for (const order of page.items) lines.push(...linesOf(order));
    cursor = page.nextCursor;
  } while (cursor !== null);
  return lines;
}

/** @throws CliError with what the engine said */
export async function retryPayment(client: Caller, orderId: string, token: string): Promise<void> {
  const path = `/v1/orders/${encodeURIComponent(orderId)}/attention/retry`;
  // Sent again where the answer is lost, it must not ask the provider twice.
  const answer = await client.call({ method: 'POST', path, token, key: randomUUID() });
  if (answer.status !== 202) throw new CliError(problemLine(answer));
}

interface OrderPage {
  readonly items: readonly OrderItem[];
  readonly nextCursor: string | null;
}

interface OrderItem extends Pick<AttentionLine, 'orderId' | 'orderNumber' | 'status'> {
  readonly attention: readonly Pick<AttentionLine, 'reason' | 'since' | 'detail'>[];
}

const linesOf = ({ orderId, orderNumber, status, attention }: OrderItem): AttentionLine[] =>
  attention.map(({ reason, since, detail }) => ({ orderId, orderNumber, status, reason, since, detail }));
