import type { Story } from '../../../domain/shared/test-support/golden-stories.js';
import type { EventToAppend, RecordedEvent } from '../event-store.js';
import { MemoryEventStore } from '../test-support/memory-event-store.js';
import { registeredUpcasters } from './registered-upcasters.js';
import {
  declaredTypes,
  goldenEvents,
  goldenStories,
  nameOf,
  storiesWith,
  versionOf,
} from './test-support/golden-files.js';
import type { GoldenEvent } from './test-support/golden-files.js';
import { typeErrors } from './test-support/type-check.js';
import { upcastEventStore } from './upcast-event-store.js';

const declared = declaredTypes();
const golden = goldenEvents();
const storiesByContext = await goldenStories();

/** The events as a reader of the engine's store gets them. */
async function throughTheStore(events: readonly GoldenEvent[]): Promise<readonly RecordedEvent[]> {
  const inner = new MemoryEventStore();
  const metadata = { commandId: 'c', correlationId: 'c', causationId: null, actor: 'anonymous' };
  const batch = events.map(({ type, data }, index): EventToAppend => ({ id: String(index), type, data, metadata }));
  await inner.append('golden-1', batch, 'no-stream');
  return upcastEventStore(inner, registeredUpcasters).findCommand('golden-1', 'c');
}

/** The story with this very version in it, and the newest version of everything else. */
const told = ({ events }: Story, event: GoldenEvent): readonly GoldenEvent[] =>
  events.split(' ').map((name) => {
    if (name === nameOf(event.type)) return event;
    const versions = golden.filter(({ type }) => nameOf(type) === name);
    const newest = versions.sort((one, other) => versionOf(other.type) - versionOf(one.type))[0];
    if (newest === undefined) throw new Error(`there is no golden file of any version of ${name}`);
    return newest;
  });

describe('golden events', () => {
  it.each(declared)('hold a realistic $type', ({ context, type }) => {
    expect(golden.filter((event) => event.type === type)).toMatchObject([{ context }]);
  });

  it('have been found, and declared types too', () => {
    expect(declared.length).toBeGreaterThanOrEqual(40);
    expect(golden.length).toBeGreaterThanOrEqual(declared.length);
  });

  it.each(golden)('$type of every version comes out of the store as a type of today', async (event) => {
    const [recorded] = await throughTheStore([event]);
    const newest = Math.max(...golden.filter(({ type }) => nameOf(type) === nameOf(event.type)).map(versionIn));
    expect(recorded?.type).toBe(`${nameOf(event.type)}.v${newest}`);
    expect(declared).toContainEqual({ context: event.context, type: recorded?.type });
  });

  it.each(golden)('$type folds as it ever did', async (event) => {
    const { fold, stories } = storiesByContext.get(event.context) ?? { fold: () => ({}), stories: [] };
    for (const story of storiesWith(event, { stories })) {
      expect(fold(await throughTheStore(told(story, event)))).toMatchObject(story.outcome);
    }
  });

  describe('as the types of today see them', () => {
    const wrong = [{}, { cartId: '1', why: '' }, { cartId: 1 }];
    let errors: readonly string[];

    beforeAll(async () => {
      const recorded = await throughTheStore(golden);
      const today = recorded.map(({ type, data }, index) => ({ type, data, context: golden[index]?.context ?? '' }));
      const planted = wrong.map((data) => ({ type: 'cart.abandoned.v1', data, context: 'cart' }));
      errors = typeErrors([...today, ...planted]);
    });

    it('have exactly their members', () => {
      expect(errors.slice(0, -wrong.length)).toEqual([]);
    });

    it('differ from events with a missing, an unknown or a wrong member, which were planted among them', () => {
      expect(errors.slice(-wrong.length)).toEqual([
        expect.stringContaining('missing'),
        expect.stringContaining('does not exist'),
        expect.stringContaining('not assignable'),
      ]);
    });
  });
});

const versionIn = ({ type }: GoldenEvent): number => versionOf(type);
