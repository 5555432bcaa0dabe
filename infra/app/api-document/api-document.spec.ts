import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { OpenAPIObject } from '@nestjs/swagger';
import { isErrorCode } from '../../http/index.js';
import { describeApi } from './api-document.js';
import { packageRoot } from '../boot/package-root.js';
import { operationsOf, references, schemaCheck, schemasOf, valueAt } from '../test-support/api-document.js';

let document: OpenAPIObject;
beforeAll(async () => {
  document = JSON.parse(JSON.stringify(await describeApi())) as OpenAPIObject;
});

const missing = (where: string, { description }: { readonly description?: string | undefined }): readonly string[] =>
  description === undefined || description.trim() === '' ? [where] : [];

describe('the OpenAPI document', () => {
  it('has the routes of both sides', () => {
    const found = operationsOf(document).map(({ method, path }) => `${method} ${path}`);
    expect(found).toEqual(
      expect.arrayContaining(['post /v1/carts/{id}/checkout', 'get /v1/orders/{id}', 'get /readyz', 'get /v1/events']),
    );
  });

  it('has no reference that leads nowhere', () => {
    const found = [...references(document)];
    expect(found.length).toBeGreaterThan(300);
    expect(found.filter((reference) => valueAt(document, reference) === undefined)).toEqual([]);
  });

  it('says of every route what it is called, what it does and who may call it', () => {
    const operations = operationsOf(document);
    const ids = operations.map(({ operation }) => operation.operationId);
    expect(ids.filter((id) => !/^[a-z]+\.[a-z][A-Za-z]*$/.test(String(id)))).toEqual([]);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { where, operation } of operations) {
      expect([where, operation.summary]).toEqual([where, expect.stringMatching(/^[A-Z].*[^.]$/)]);
      expect([where, operation.description]).toEqual([where, expect.stringMatching(/^[A-Z].*\.$/)]);
      expect([where, operation.security]).toEqual([where, expect.any(Array)]);
      expect([where, operation.tags]).toEqual([where, [expect.any(String)]]);
    }
  });

  it('lists each resource once, operations last', () => {
    const listed = (document.tags ?? []).map(({ name }) => name);
    const used = new Set(operationsOf(document).flatMap(({ operation }) => operation.tags ?? []));
    expect([...used].sort()).toEqual([...listed].sort());
    expect(listed.at(-1)).toBe('operations');
  });

  it('lets a credential be sent where one is optional, and asks for none where none counts', () => {
    const security = (method: string, path: string) =>
      operationsOf(document).find((one) => one.method === method && one.path === path)?.operation.security;
    for (const path of [
      '/v1/carts',
      '/v1/carts/{id}/items',
      '/v1/carts/{id}/checkout',
      '/v1/orders/{id}/cancellation',
    ]) {
      expect(security('post', path)).toEqual([{}, { bearer: [] }]);
    }
    expect(security('get', '/v1/orders/{id}')).toEqual([{}, { bearer: [] }]);
    expect(security('post', '/v1/products')).toEqual([{ bearer: [] }]);
    expect(security('get', '/v1/me/orders')).toEqual([{ bearer: [] }]);
    expect(security('get', '/v1/products')).toEqual([]);
  });

  it('describes every parameter, and shows how each may look', () => {
    const parameters = operationsOf(document).flatMap(({ where, operation }) =>
      (operation.parameters ?? []).map((one) => ({ where: `${where} ${one.name}`, ...one })),
    );
    expect(parameters.length).toBeGreaterThan(80);
    expect(parameters.flatMap((one) => missing(one.where, one))).toEqual([]);
    expect(parameters.filter(({ required, example }) => required === true && example === undefined)).toEqual([]);
    // What a page would fill in where nothing is needed narrows or refuses what is tried.
    expect(parameters.filter(({ required, example }) => required !== true && example !== undefined)).toEqual([]);
  });

  it('describes every schema and every member, under a name', () => {
    const schemas = schemasOf(document);
    expect(schemas.flatMap(([name, schema]) => missing(name, schema))).toEqual([]);
    const members = schemas.flatMap(([name, { properties = {} }]) =>
      Object.entries(properties).map(([member, schema]) => [`${name}.${member}`, schema] as const),
    );
    expect(members.length).toBeGreaterThan(150);
    expect(members.flatMap(([where, schema]) => missing(where, schema))).toEqual([]);
    const inline = operationsOf(document).flatMap(({ where, media }) =>
      media.filter(({ schema }) => schema.$ref === undefined && schema.type !== 'string').map(() => where),
    );
    expect(inline).toEqual([]);
  });

  it('has one Money, one Address, one Cart and one Order', () => {
    const names = Object.keys(document.components?.schemas ?? {});
    for (const name of ['Money', 'Address', 'Cart', 'Order', 'Shipment', 'Payment', 'Stock', 'Product', 'Problem']) {
      expect(names).toContain(name);
    }
    expect(names.filter((name) => /^(Money|Address|Cart|Order)(Body|Response)/.test(name))).toEqual([]);
    expect(names.filter((name) => /Response$|Controller/.test(name))).toEqual([]);
  });

  it('shows examples that are as their schemas say', () => {
    const check = schemaCheck(document);
    const media = operationsOf(document).flatMap((one) => one.media.map((two) => ({ where: one.where, ...two })));
    // Linters take an answer that has a member `example` for a schema, so that one shows none.
    const withExample = media.filter(({ schema: { $ref } }) => $ref !== undefined && !$ref.endsWith('/EventType'));
    expect(withExample.filter(({ example }) => example === undefined).map(({ where }) => where)).toEqual([]);
    const wrong = withExample.flatMap(({ where, schema, example }) =>
      check(schema, example).map((error) => `${where}: ${error}`),
    );
    expect(wrong).toEqual([]);
    const problems = Object.values(document.components?.responses ?? {}).flatMap((response) =>
      Object.values(('content' in response ? response.content?.['application/problem+json']?.examples : {}) ?? {}),
    );
    expect(problems.length).toBeGreaterThan(40);
    for (const one of problems)
      expect(check({ $ref: '#/components/schemas/Problem' }, 'value' in one && one.value)).toEqual([]);
  });

  it('shows a product of the demo shop where one is needed', () => {
    const skus = new Set(
      readFileSync(join(packageRoot, 'infra/app/demo/products.ndjson'), 'utf8')
        .split('\n')
        .filter(Boolean)
        .map((line) => (JSON.parse(line) as { sku: string }).sku),
    );
    const shown = JSON.stringify(document).matchAll(/"sku":"([^"]+)"/g);
    expect([...new Set([...shown].map(([, sku]) => sku))].filter((sku) => !skus.has(String(sku)))).toEqual(['TEA-1']);
  });

  it('names for each route the codes that it answers, all of the catalogue, with a response for each', () => {
    for (const { where, operation } of operationsOf(document)) {
      const codes = operation['x-error-codes'] as readonly string[];
      expect([where, codes.filter((code) => !isErrorCode(code))]).toEqual([where, []]);
      const statuses = Object.keys(operation.responses).filter((status) => Number(status) >= 400);
      expect([where, statuses]).toEqual([where, expect.arrayContaining(['408', '414', '431', '500', '503'])]);
      expect([where, codes]).toEqual([where, expect.arrayContaining(['REQUEST.TIMEOUT', 'SERVER.STOPPING'])]);
    }
  });

  it('names the limit of live feeds where they are followed, and nowhere else', () => {
    const limited = operationsOf(document).filter(({ operation }) =>
      (operation['x-error-codes'] as readonly string[]).includes('REQUEST.TOO_MANY_FEEDS'),
    );
    expect(limited.map(({ path }) => path).sort()).toEqual(['/v1/events', '/v1/inventory/live']);
  });
});
