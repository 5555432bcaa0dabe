import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { DomainEvent } from '../../../../domain/shared/decider.js';
import type { JsonObject } from '../../../../domain/shared/json.js';

export const DOMAIN = fileURLToPath(new URL('../../../../domain/', import.meta.url));

/** An event as a version of the engine once recorded it: `domain/{context}/golden/{type}.json` holds its data. */
export interface GoldenEvent extends DomainEvent<string, JsonObject> {
  readonly context: string;
}

const TYPE = /'([a-z-]+\.[a-z-]+\.v\d+)'/g;

const contexts = readdirSync(DOMAIN).filter((context) => existsSync(join(DOMAIN, context, 'events.ts')));

/** The event types that the sources declare, by their context. */
export const declaredTypes = (): { readonly context: string; readonly type: string }[] =>
  contexts.flatMap((context) => {
    const source = readFileSync(join(DOMAIN, context, 'events.ts'), 'utf8');
    return [...new Set([...source.matchAll(TYPE)].map(([, type = '']) => type))].map((type) => ({ context, type }));
  });

export const goldenEvents = (): GoldenEvent[] =>
  contexts.flatMap((context) => {
    const folder = join(DOMAIN, context, 'golden');
    if (!existsSync(folder)) return [];
    return readdirSync(folder).map((file) => {
      const data: JsonObject = JSON.parse(readFileSync(join(folder, file), 'utf8'));
      return { context, type: file.replace(/\.json$/, ''), data };
    });
  });

/** The name of an event without its version. */
export const nameOf = (type: string): string => type.replace(/\.v\d+$/, '');

export const versionOf = (type: string): number => Number(/\.v(\d+)$/.exec(type)?.[1]);
