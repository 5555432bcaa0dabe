import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { OrderVerification } from '../../../read-api/order/order-verification.js';
import { expectStatus, Shop, useEngines, type EngineProcess } from '../test-support/index.js';

describe('the verification of an order', () => {
  const engines = useEngines();
  let engine: EngineProcess;
  let shop: Shop;
  beforeEach(async () => {
    engine = await engines.start();
    shop = new Shop(engine);
    await shop.product({ sku: 'S-1', price: 250, stock: 100 });
  }, 60_000);

  const verified = (orderId: string, as: 'support' | 'analyst') =>
    shop.read<OrderVerification>(`/v1/orders/${orderId}/verification`, as);

  /** Exit code and what was printed. */
  const cli = async (...args: readonly string[]): Promise<readonly [code: unknown, text: string]> => {
    const child = engines.cliOver(engine.options.directory, ...args);
    return [await child.end(60), child.stdout];
  };

  /** Changes what lies in the log, past its own guards. */
  const tamper = (sql: string): void => {
    const db = new Database(join(engine.options.directory, 'events.db'));
    db.exec('DROP TRIGGER events_refuse_update');
    expect(db.prepare(sql).run().changes).toBe(1);
    db.close();
  };

  it('finds nothing amiss, and after a cart’s or a payment’s event was altered names it, whoever asks how', async () => {
    const cartId = await shop.cart(['S-1', 2]);
    const placed = await shop.checkOut(cartId, {});
    const orderId = String(expectStatus(placed, 202).json['orderId']);
    expect((await shop.ended(orderId)).status).toBe('confirmed');
    const before = await verified(orderId, 'support');
    expect(before).toEqual({
      intact: true,
      events: expect.any(Number),
      head: expect.stringMatching(/^[0-9a-f]{64}$/),
      faults: [],
    });
    const history = await shop.read<{ items: readonly { stream: string }[] }>(
      `/v1/orders/${orderId}/history`,
      'support',
    );
    const own = history.items.filter(({ stream }) => !stream.startsWith('inventory-'));
    expect(before.events).toBeGreaterThanOrEqual(own.length);
    const absent = await shop.http.call('GET', '/v1/orders/nobody/verification', { as: 'analyst' });
    expectStatus(absent, 404);
    await engine.stop();

    const [, proof] = await cli('proof', orderId);
    const file = join(engines.directory(), 'proof.json');
    writeFileSync(file, proof);
    const intact = `order ${orderId} is intact: ${before.events} events, head ${before.head}\n`;
    expect(await cli('verify', orderId)).toEqual([0, intact]);
    expect(await cli('verify-proof', file, '--head', before.head)).toEqual([0, intact]);
    const [, whole] = await cli('verify', '--all');
    const head = whole.trim().split(' ').at(-1) ?? '';
    expect(whole).toMatch(/^the log is intact: \d+ events, head [0-9a-f]{64}\n$/);

    const stream = (name: string): string => `(SELECT id FROM streams WHERE name = '${name}')`;
    tamper(
      `UPDATE events SET data = replace(data, '"quantity":2', '"quantity":1') WHERE revision = 1 AND stream = ${stream(`cart-${cartId}`)}`,
    );
    const fault = new RegExp(
      `^altered: cart-${cartId}, revision 1, event \\S+\n(order|the log).* is NOT as it was recorded: `,
    );
    expect(await cli('verify', orderId)).toEqual([1, expect.stringMatching(fault)]);
    expect(await cli('verify', '--all', '--head', head)).toEqual([1, expect.stringMatching(fault)]);

    await engine.start();
    const faults = [{ stream: `cart-${cartId}`, revision: 1, eventId: expect.any(String), fault: 'altered' }];
    expect(await verified(orderId, 'support')).toMatchObject({ intact: false, faults });
    const shown = (await verified(orderId, 'analyst')).faults[0]?.stream;
    expect(shown).toMatch(/^cart-/);
    expect(shown).not.toContain(cartId);
  }, 120_000);
});
