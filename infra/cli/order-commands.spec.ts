import { Command } from 'commander';
import type { Answer, Call } from './api-client.js';
import { CliError } from './cli-error.js';
import { addOrderCommands, listAttention, retryPayment } from './order-commands.js';

/** An engine that answers each call with the next of these. */
function engine(...answers: readonly Answer[]) {
  const calls: Call[] = [];
  return { calls, call: async (call: Call) => answers[calls.push(call) - 1] ?? { status: 500, body: {} } };
}

const at = '2026-11-02T10:00:00.000Z';
const why = (reason: string) => ({ reason, detail: 'Refused.', since: at });
const order = (id: string, ...reasons: readonly string[]) => ({
  orderId: id,
  orderNumber: `N-${id}`,
  status: 'shipped',
  attention: reasons.map(why),
});
const page = (items: readonly object[], nextCursor: string | null): Answer => ({
  status: 200,
  body: { items, nextCursor },
});
const refusal: Answer = { status: 409, body: { code: 'ORDER.NOTHING_TO_RETRY', detail: 'Nothing waits.' } };

describe('the help of', () => {
  it.each(['orders', 'retry-payment'])('%s asks for no greater role than the engine does', (name) => {
    const program = new Command();
    addOrderCommands(program, () => undefined);
    const help = program.commands.find((command) => command.name() === name)?.helpInformation();
    expect(help).toMatch(/--token <token> +a token of role support or admin /);
  });
});

describe('the list of orders that need a person', () => {
  it('has a line for each reason, from every page', async () => {
    const shop = engine(page([order('1', 'capture-failed')], 'a+b'), page([order('2', 'A', 'B')], null));
    const lines = await listAttention(shop, 'a-token');
    expect(lines).toEqual([
      { orderId: '1', orderNumber: 'N-1', status: 'shipped', ...why('capture-failed') },
      { orderId: '2', orderNumber: 'N-2', status: 'shipped', ...why('A') },
      { orderId: '2', orderNumber: 'N-2', status: 'shipped', ...why('B') },
    ]);
    expect(shop.calls).toEqual([
      { method: 'GET', path: '/v1/orders?attention=true&limit=100', token: 'a-token' },
      { method: 'GET', path: '/v1/orders?attention=true&limit=100&cursor=a%2Bb', token: 'a-token' },
    ]);
  });

  it('ends with what the engine said where it is refused', async () => {
    const asked = listAttention(engine(refusal), 'a-token');
    await expect(asked).rejects.toEqual(new CliError('409 ORDER.NOTHING_TO_RETRY Nothing waits.'));
  });
});

describe('trying refused money again', () => {
  it('names the order and has a key, so that it is asked once however often it is sent', async () => {
    const shop = engine({ status: 202, body: {} });
    await retryPayment(shop, 'order/1', 'a-token');
    expect(shop.calls).toEqual([
      {
        method: 'POST',
        path: '/v1/orders/order%2F1/attention/retry',
        token: 'a-token',
        key: expect.stringMatching(/^.{36}$/),
      },
    ]);
  });

  it('ends with what the engine said where there is nothing to try', async () => {
    await expect(retryPayment(engine(refusal), '1', 'a-token')).rejects.toEqual(
      new CliError('409 ORDER.NOTHING_TO_RETRY Nothing waits.'),
    );
  });
});
