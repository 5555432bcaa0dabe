import { buildDocument } from '../infra/http/openapi/openapi.js';
import { startHarness } from './test-support/harness.js';
import type { Harness } from './test-support/harness.js';

const WRITES = [
  ['post', '/v1/products', 201],
  ['patch', '/v1/products/{sku}', 200],
  ['put', '/v1/products/{sku}/price', 200],
  ['post', '/v1/inventory/{sku}/receipts', 200],
  ['post', '/v1/inventory/{sku}/adjustments', 200],
  ['post', '/v1/carts', 201],
  ['post', '/v1/carts/{id}/items', 200],
  ['patch', '/v1/carts/{id}/items/{sku}', 200],
  ['delete', '/v1/carts/{id}/items/{sku}', 200],
  ['post', '/v1/carts/{id}/checkout', 202],
  ['post', '/v1/carts/{id}/checkout', 201],
  ['post', '/v1/orders/{id}/cancellation', 202],
  ['post', '/v1/orders/{id}/shipments', 201],
  ['post', '/v1/shipments/{id}/delivery', 200],
  ['post', '/v1/orders/{id}/refunds', 202],
  ['post', '/v1/webhooks/payments/{provider}', 200],
] as const;

let harness: Harness;
let document: object;
beforeAll(async () => {
  harness = await startHarness();
  document = JSON.parse(JSON.stringify(buildDocument(harness.app.application))) as object;
});
afterAll(() => harness.stop());

/** The value at a path of names; undefined where it ends before. */
function at(path: readonly string[]): unknown {
  let value: unknown = document;
  for (const name of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = Object.entries(value).find(([key]) => key === name)?.[1];
  }
  return value;
}

function* references(node: unknown): Generator<string> {
  if (typeof node !== 'object' || node === null) return;
  for (const [name, value] of Object.entries(node)) {
    if (name === '$ref' && typeof value === 'string') yield value;
    else yield* references(value);
  }
}

describe('the OpenAPI document', () => {
  it.each(WRITES)('describes %s %s and what it answers with %d', (method, path, status) => {
    const operation = ['paths', path, method];
    expect(at([...operation, 'responses', String(status), 'content', 'application/json', 'schema'])).toHaveProperty(
      'type',
      'object',
    );
    const problem = at([...operation, 'responses', '400', 'content', 'application/problem+json', 'schema']);
    expect(problem).toEqual({ $ref: '#/components/schemas/Problem' });
    const declared = JSON.stringify(at([...operation, 'parameters']));
    for (const [, name] of path.matchAll(/\{(\w+)\}/g))
      expect(declared).toContain(`"name":"${name}","required":true,"in":"path"`);
  });

  it('has no reference that leads nowhere', () => {
    const found = [...references(document)];
    expect(found.length).toBeGreaterThan(50);
    const lost = found.filter((reference) => at(reference.split('/').slice(1)) === undefined);
    expect(lost).toEqual([]);
  });

  it('says which routes need a token', () => {
    expect(at(['components', 'securitySchemes', 'bearer'])).toMatchObject({ type: 'http', scheme: 'bearer' });
    for (const path of ['/v1/products', '/v1/orders/{id}/cancellation', '/v1/shipments/{id}/delivery']) {
      expect(at(['paths', path, 'post', 'security'])).toEqual([{ bearer: [] }]);
    }
    expect(at(['paths', '/v1/carts', 'post', 'security'])).toBeUndefined();
  });

  it('takes bodies as they are checked', () => {
    const needsBody = (path: string) => at(['paths', path, 'post', 'requestBody', 'required']);
    expect(needsBody('/v1/carts/{id}/checkout')).toBe(true);
    for (const path of ['/v1/orders/{id}/shipments', '/v1/shipments/{id}/delivery'])
      expect(needsBody(path)).toBe(false);
    const body = at(['components', 'schemas', 'CheckoutBody']);
    expect(body).toMatchObject({
      required: ['email', 'shippingAddress', 'payment'],
      properties: { shippingAddress: { $ref: '#/components/schemas/AddressBody' }, acceptPrices: { type: 'boolean' } },
    });
    expect(at(['components', 'schemas', 'ShipmentBody', 'properties', 'lines'])).toMatchObject({
      type: 'array',
      maxItems: 500,
    });
  });
});
