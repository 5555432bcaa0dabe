import type { JsonObject } from '../../../domain/shared/json.js';
import type { Upcaster } from '../../../domain/shared/upcaster.js';

/** All steps of a stored type in one. */
export interface Upcast {
  readonly type: string;
  readonly upcast: (data: JsonObject) => JsonObject;
}

/**
 * What each old type becomes in the end.
 * @throws when a type has two upcasters or they go round in a circle: a programmer's mistake, found at start
 */
export function chainUpcasters(upcasters: readonly Upcaster[]): ReadonlyMap<string, Upcast> {
  const steps = new Map<string, Upcaster>();
  for (const step of upcasters) {
    if (steps.has(step.from)) throw new Error(`${step.from} has two upcasters`);
    steps.set(step.from, step);
  }
  return new Map([...steps.keys()].map((from) => [from, chainFrom(from, steps)]));
}

function chainFrom(from: string, steps: ReadonlyMap<string, Upcaster>): Upcast {
  const chain: Upcaster[] = [];
  for (let step = steps.get(from); step !== undefined; step = steps.get(step.to)) {
    if (chain.includes(step)) throw new Error(`the upcasters of ${from} go round in a circle`);
    chain.push(step);
  }
  return {
    type: chain.at(-1)?.to ?? from,
    upcast: (data) => chain.reduce((current, step) => step.upcast(current), data),
  };
}
