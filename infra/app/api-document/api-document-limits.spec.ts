import type { OpenAPIObject } from '@nestjs/swagger';
import { describeApi } from './api-document.js';
import { operationsOf, schemaCheck } from '../test-support/api-document.js';

let document: OpenAPIObject;
beforeAll(async () => {
  document = JSON.parse(JSON.stringify(await describeApi())) as OpenAPIObject;
});

/** Whether the schema of a parameter, or of a member of a body's schema, takes the value. */
function takes(of: string, member: string, value: unknown): boolean {
  const operation = operationsOf(document).find(({ method, path }) => `${method} ${path}` === of)?.operation;
  const parameter = operation?.parameters?.find(({ name }) => name === member);
  const schema = (parameter as { schema?: object } | undefined)?.schema ?? {
    $ref: `#/components/schemas/${of}/properties/${member}`,
  };
  return schemaCheck(document)(schema, value).length === 0;
}

describe('the schemas of the OpenAPI document', () => {
  const TIME = '2026-01-31T09:30:00Z';
  it.each([
    ['get /v1/orders/{id}', 'asOf', ['3', '"3"', TIME], ['2026-01-31', 'x', '-1']],
    ['get /v1/orders', 'from', ['2026-01-31', TIME], ['yesterday', '31.1.2026']],
    ['get /v1/orders', 'cursor', ['abcdefghW10'], ['', 'short', 'ümlautümlaut']],
    ['get /v1/orders', 'email', ['ada@example.com'], ['', ' ']],
    ['get /v1/products', 'category', ['Produce'], ['', ' ', 'x'.repeat(201)]],
    ['get /v1/events', 'category', ['order'], ['Order', '']],
    ['get /v1/events', 'type', ['order.confirmed.v1'], ['order.confirmed']],
    ['get /v1/events', 'from', ['0000000000000042'], ['latest']],
    ['get /v1/reports/sales', 'currency', ['USD'], ['usd', 'XXQ', '']],
    ['get /v1/reports/sales', 'timeZone', ['UTC', 'America/Port-au-Prince', 'Etc/GMT+5'], ['+01:00', '']],
    ['AdjustmentBody', 'quantity', [-1, 1], [0, 1.5]],
    ['AdjustmentBody', 'reason', ['Damaged'], ['', ' \n']],
    ['AdjustmentBody', 'location', ['north'], [' ']],
    ['RefundAmount', 'amount', [1], [0]],
    ['CreateProductBody', 'attributes', [{ size: 'L' }], [{ '': 'L' }, { ['x'.repeat(101)]: 'L' }, { size: 1 }]],
  ])('say of %s which %s the server takes', (of, member, right, wrong) => {
    expect(right.filter((value) => !takes(of, member, value))).toEqual([]);
    expect(wrong.filter((value) => takes(of, member, value))).toEqual([]);
  });

  it('go with the code for keys that cannot be had, wherever a token counts', () => {
    const operations = operationsOf(document).map(({ operation }) => operation as unknown as Record<string, unknown>);
    const counts = operations.filter(({ security }) => (security as readonly object[]).length > 0);
    expect(counts.length).toBeGreaterThan(15);
    for (const operation of operations)
      expect((operation['x-error-codes'] as string[]).includes('AUTH.KEYS_UNAVAILABLE')).toBe(
        counts.includes(operation),
      );
  });
});
