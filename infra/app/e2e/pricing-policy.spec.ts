import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { defaultPricingPolicy } from '../../../domain/pricing/index.js';
import { expectStatus, Shop, useEngines } from '../test-support/index.js';

const shipping = (price: number) => [{ id: 'standard', name: 'Standard', rates: [{ currency: 'USD', price }] }];
const policy = (name: string, price: number) => ({ ...defaultPricingPolicy, name, shippingMethods: shipping(price) });

describe('the pricing policy of a file', () => {
  const engines = useEngines();

  it('is put in force at the start where the file has changed, and takes nothing back that was asked for since', async () => {
    const directory = engines.directory();
    const file = join(directory, 'pricing.json');
    const start = () => engines.start({ directory, env: { PRICING_FILE: file } });
    const inForce = async ({ http }: Shop) => {
      const { json } = expectStatus(await http.call('GET', '/v1/pricing-policy', { as: 'admin' }), 200);
      return [json['name'], json['version']];
    };

    writeFileSync(file, JSON.stringify(policy('of the file', 500)));
    let engine = await start();
    let shop = new Shop(engine);
    expect(await inForce(shop)).toEqual(['of the file', 0]);
    await shop.product({ sku: 'S-1', stock: 10 });
    const total = async () => (await shop.ended(await shop.buy([['S-1', 1]]))).totals.shipping.amount;
    expect(await total()).toBe(500);
    expectStatus(
      await shop.http.call('PUT', '/v1/pricing-policy', { as: 'admin', body: policy('asked for', 700) }),
      200,
    );
    expect(await total()).toBe(700);
    await engine.stop();

    engine = await start();
    shop = new Shop(engine);
    expect(await inForce(shop)).toEqual(['asked for', 1]);
    await engine.stop();

    writeFileSync(file, JSON.stringify(policy('another file', 900)));
    shop = new Shop(await start());
    expect(await inForce(shop)).toEqual(['another file', 2]);
  }, 60_000);
});
