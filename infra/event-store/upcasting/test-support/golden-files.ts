import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { DomainEvent } from '../../../../domain/shared/decider.js';
import type { JsonObject } from '../../../../domain/shared/json.js';
import type { GoldenStories, Story } from '../../../../domain/shared/test-support/golden-stories.js';

export const DOMAIN = fileURLToPath(new URL('../../../../domain/', import.meta.url));

/** An event as a version of the engine once recorded it: `domain/{context}/golden/{type}.json` holds its data. */
export interface GoldenEvent extends DomainEvent<string, JsonObject> {
  readonly context: string;
}

const TYPE = /'([a-z-]+\.[a-z-]+\.v\d+)'/g;

/** The contexts that record events. */
export const contexts = readdirSync(DOMAIN).filter((context) => existsSync(join(DOMAIN, context, 'events.ts')));

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

const STORIES = 'test-support/golden-stories.ts';

/** The stories of every context that has some, by context. */
export async function goldenStories(): Promise<ReadonlyMap<string, GoldenStories>> {
  const byContext = new Map<string, GoldenStories>();
  for (const context of contexts) {
    const file = join(DOMAIN, context, STORIES);
    if (!existsSync(file)) continue;
    const told: { readonly goldenStories: GoldenStories } = await import(pathToFileURL(file).href);
    byContext.set(context, told.goldenStories);
  }
  return byContext;
}

/** The stories in which an event has a part. */
export function storiesWith(event: GoldenEvent, { stories }: Pick<GoldenStories, 'stories'>): readonly Story[] {
  const name = nameOf(event.type);
  const found = stories.filter(({ events }) => events.split(' ').includes(name));
  if (found.length === 0) throw new Error(`no story in domain/${event.context}/${STORIES} has a part for ${name}`);
  return found;
}

/** The name of an event without its version. */
export const nameOf = (type: string): string => type.replace(/\.v\d+$/, '');

export const versionOf = (type: string): number => Number(/\.v(\d+)$/.exec(type)?.[1]);
