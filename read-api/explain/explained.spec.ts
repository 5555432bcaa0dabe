import fc from 'fast-check';
import type { DomainEvent } from '../../domain/shared/index.js';
import type { EventStore } from '../../infra/event-store/index.js';
import { ProblemError } from '../../infra/http/index.js';
import { pointerNames, pointerTo } from '../../infra/shared/json-pointer.js';
import { EventLog } from '../../projections/shared/test-support/index.js';
import { CartTermsReader } from '../cart/cart-terms.js';
import { CartExplained } from '../cart/explain-cart.js';
import { GiftCardExplained } from '../gift-card/explain-gift-card.js';
import { StockExplained } from '../inventory/explain-stock.js';
import { OrderExplained } from '../order/explain-order.js';
import { PaymentExplained } from '../payment/explain-payment.js';
import type { DocumentLife, Explainable } from '../shared/index.js';
import { stockReceived } from '../shared/test-support/index.js';
import { amountOf, isOneValue } from './amounts.js';
import { explained } from './explained.js';
import type { Explanation } from './explanation.js';
import { MOST_CHANGES } from './field-changes.js';
import { anyLife, anyOrderLife } from './test-support/random-lives.js';
import type { RandomLife } from './test-support/random-lives.js';

const TRIPLES = 1_000;

function explainerOf(log: EventLog<DomainEvent>, resource: string): Explainable {
  const store = {
    read: log.read.bind(log),
    head: () => Promise.resolve(log.events.at(-1)?.position ?? null),
  } as Partial<EventStore> as EventStore;
  const explainers: Readonly<Record<string, Explainable>> = {
    orders: new OrderExplained(store),
    payments: new PaymentExplained(store),
    'gift-cards': new GiftCardExplained(store),
    inventory: new StockExplained(store),
    carts: new CartExplained(store, new CartTermsReader(store)),
  };
  const found = explainers[resource.split('/')[0] ?? ''];
  if (found === undefined) throw new Error(`nobody explains ${resource}`);
  return found;
}

/** The life up to a time. */
function lifeOf({ log, resource }: RandomLife, time: string): Promise<DocumentLife> {
  const id = resource.split('/').at(-1) ?? '';
  const asked = { path: { id, sku: id }, asOf: { time }, report: {} };
  return explainerOf(log, resource).life({ ...asked, shown: (event) => event });
}

async function documentOf(life: DocumentLife): Promise<object | null> {
  let document: object | null = null;
  for await (const event of life.events) document = life.after(event);
  return document;
}

/** Pointers to every text, number, flag, money and null of a document. */
function fieldsOf(value: unknown, names: readonly string[] = []): string[] {
  const own = isOneValue(value) && names.length > 0 ? [pointerTo(names)] : [];
  if (typeof value !== 'object' || value === null) return own;
  return [...own, ...Object.entries(value).flatMap(([name, member]) => fieldsOf(member, [...names, name]))];
}

const at = (document: object, pointer: string): unknown =>
  (pointerNames(pointer) ?? []).reduce<unknown>(
    (value, name) => (value as Readonly<Record<string, unknown>>)[name],
    document,
  );

const unitsOf = (value: unknown): bigint => amountOf(value)?.units ?? 0n;
const sum = (values: readonly unknown[]): bigint => values.reduce<bigint>((total, value) => total + unitsOf(value), 0n);

function checkSums({ value, parts }: Explanation, document: object): void {
  if (amountOf(value) === null) {
    const last = parts.at(-1);
    expect(last?.value).toEqual(value);
    expect(last?.events.at(-1)?.contribution).toEqual(value);
    return;
  }
  expect(sum(parts.map((part) => part.value))).toBe(unitsOf(value));
  for (const part of parts) {
    expect(amountOf(part.value)?.currency).toBe(amountOf(value)?.currency);
    if (part.events.length > 0) expect(sum(part.events.map((one) => one.contribution))).toBe(unitsOf(part.value));
    if (part.field === undefined) continue;
    const [own, signed] = [unitsOf(at(document, part.field)), unitsOf(part.value)];
    expect([own, -own]).toContain(signed);
  }
}

describe('an explanation', () => {
  it('is of what the document has then, and adds up to it: of every document, field and moment', async () => {
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(anyLife, fc.nat(), fc.nat(), async (life, moment, which) => {
        const { events } = life.log;
        const time = events[moment % events.length]?.at ?? '';
        const document = await documentOf(await lifeOf(life, time));
        fc.pre(document !== null);
        const shown = JSON.parse(JSON.stringify(document)) as object;
        const fields = fieldsOf(shown);
        const field = fields[which % fields.length] ?? '';
        const explanation = await explained(await lifeOf(life, time), pointerNames(field) ?? []);
        expect(explanation.value).toEqual(at(shown, field));
        expect(explanation.parts.length).toBeGreaterThan(0);
        checkSums(explanation, shown);
        seen.add(field.replace(/\d+/g, '*'));
      }),
      { numRuns: TRIPLES },
    );
    expect(seen.size).toBeGreaterThan(50);
  });

  it('leads to the fields that a sum is made up of', async () => {
    const [life] = fc.sample(anyOrderLife, { numRuns: 1, seed: 7 });
    if (life === undefined) throw new Error('no life');
    const time = life.log.events.at(-1)?.at ?? '';
    const asked = new Set<string>();
    const walk = async (field: string): Promise<void> => {
      asked.add(field.replace(/\d+/g, '*'));
      const { parts } = await explained(await lifeOf(life, time), pointerNames(field) ?? []);
      for (const part of parts) if (part.field !== undefined) await walk(part.field);
    };
    for (const field of ['/totals/total', '/totals/net', '/lines/0/gross']) await walk(field);
    for (const field of ['/totals/subtotal', '/lines/*/lineTotal', '/shippingCost/price', '/lines/*/net'])
      expect([...asked]).toContain(field);
  });

  it('adds up what so many events brought about that they are not all named', async () => {
    const log = new EventLog<DomainEvent>();
    for (let number = 1; number <= 5_000; number += 1) log.append('inventory-tea', stockReceived('tea', number % 7));
    const life = { resource: 'inventory/tea', log };
    const { value, parts } = await explained(await lifeOf(life, log.events.at(-1)?.at ?? ''), ['onHand']);
    expect(sum(parts.map((part) => part.value))).toBe(BigInt(Number(value)));
    const [earlier, latest, ...others] = parts;
    expect(others).toEqual([]);
    expect(earlier?.events).toEqual([]);
    expect(latest?.events.length).toBeLessThanOrEqual(2 * MOST_CHANGES);
    expect(latest?.events.at(-1)?.eventId).toBe(log.events.at(-1)?.id);
    const available = await explained(await lifeOf(life, log.events.at(-1)?.at ?? ''), ['available']);
    expect(available).toMatchObject({
      value,
      parts: [{ field: '/onHand', value, events: [] }, { field: '/reserved' }],
    });
  });

  it('refuses what the document does not have, and what is several values', async () => {
    const [life] = fc.sample(anyLife, { numRuns: 1, seed: 4 });
    if (life === undefined) throw new Error('no life');
    const time = life.log.events.at(-1)?.at ?? '';
    const codeOf = async (field: string) =>
      explained(await lifeOf(life, time), pointerNames(field) ?? []).then(
        () => undefined,
        (error: unknown) => (error instanceof ProblemError ? error.code : String(error)),
      );
    expect(await codeOf('/nothing/here')).toBe('FIELD.NOT_FOUND');
    expect(await codeOf('/constructor')).toBe('FIELD.NOT_FOUND');
    expect(await codeOf('')).toBe('FIELD.NOT_EXPLAINED');
  });
});
