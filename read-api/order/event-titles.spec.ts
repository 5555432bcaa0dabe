import { readFileSync } from 'node:fs';
import { EVENT_TITLES } from './event-titles.js';

const CONTEXTS = ['cart', 'order', 'payment', 'inventory', 'shipping'];
const TYPE = /DomainEvent<\s*'([^']+)'/g;

const declared = CONTEXTS.flatMap((context) => {
  const source = readFileSync(new URL(`../../domain/${context}/events.ts`, import.meta.url), 'utf8');
  return [...source.matchAll(TYPE)].map(([, type]) => String(type));
});

describe('the titles of an order’s history', () => {
  it('there is one for every type of event that the contexts declare, and no other', () => {
    expect(declared.length).toBeGreaterThan(30);
    expect(Object.keys(EVENT_TITLES).sort()).toEqual([...declared].sort());
  });

  it('none is used twice', () => {
    const titles = Object.values(EVENT_TITLES);
    expect(new Set(titles).size).toBe(titles.length);
    expect(titles.every((title) => /^[A-Z][a-z ]+$/.test(title))).toBe(true);
  });
});
