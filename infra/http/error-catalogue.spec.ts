import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { entryOf, ERROR_CATALOGUE } from './error-catalogue.js';

const ROOT = join(import.meta.dirname, '..', '..');
const LAYERS = ['domain', 'write-side', 'sagas', 'projections', 'read-api', 'infra'];
const CODE = /['"`]([A-Z][A-Z0-9_]*\.[A-Z][A-Z0-9_]*)['"`]/g;
const NOT_PRODUCT = /\.(spec|contract)\.ts$|test-support|error-catalogue\.ts$/;

/** Codes of the contract for answers that no route gives so far. */
const PROMISED: ReadonlySet<string> = new Set(['CURSOR.EXPIRED', 'READ_MODEL.PARKED']);

/** Every code that the product's sources name. */
function codesInUse(): ReadonlySet<string> {
  const codes = new Set<string>();
  for (const layer of LAYERS) {
    for (const file of readdirSync(join(ROOT, layer), { recursive: true, encoding: 'utf8' })) {
      if (!file.endsWith('.ts') || NOT_PRODUCT.test(file)) continue;
      for (const [, code = ''] of readFileSync(join(ROOT, layer, file), 'utf8').matchAll(CODE)) codes.add(code);
    }
  }
  return codes;
}

describe('the error catalogue', () => {
  const inUse = codesInUse();
  const listed = Object.keys(ERROR_CATALOGUE);

  it('finds the codes in the sources', () => {
    expect(inUse.size).toBeGreaterThan(40);
    expect([...inUse]).toEqual(expect.arrayContaining(['CART.NOT_OPEN', 'REQUEST.INVALID', 'ORDER.NOT_CANCELLABLE']));
  });

  it('lists every code that the code base uses', () => {
    expect([...inUse].filter((code) => !listed.includes(code))).toEqual([]);
  });

  it('lists no code that nobody uses, unless the contract promises it', () => {
    expect(listed.filter((code) => !inUse.has(code) && !PROMISED.has(code))).toEqual([]);
  });

  it('takes a code that nobody listed for a refusal by a rule', () => {
    expect(entryOf('SOMETHING.NEW').status).toBe(409);
    expect(entryOf('constructor').status).toBe(409);
  });
});
