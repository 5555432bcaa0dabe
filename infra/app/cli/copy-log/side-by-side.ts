import type { RecordedEvent } from '../../../event-store/index.js';

type Stretch = readonly RecordedEvent[];

/**
 * Sends stretches side by side, each after those before it that share its stream or a correlation with it: a stream stays
 * in order, and so does everything that came of one request. After a failure nothing more is sent; those under way are
 * waited for, and the first error is thrown.
 */
export async function sideBySide(
  stretches: readonly Stretch[],
  send: (stretch: Stretch) => Promise<void>,
): Promise<void> {
  const lastWith = new Map<string, Promise<void>>();
  const failures: unknown[] = [];
  const sending = stretches.map((stretch) => {
    const keys = keysOf(stretch);
    const sent = Promise.all(keys.map((key) => lastWith.get(key))).then(async () => {
      if (failures.length > 0) return;
      await send(stretch).catch((error: unknown) => void failures.push(error));
    });
    for (const key of keys) lastWith.set(key, sent);
    return sent;
  });
  await Promise.all(sending);
  if (failures.length > 0) throw failures[0];
}

const keysOf = (stretch: Stretch): string[] => [
  ...new Set(
    stretch.flatMap(({ stream, metadata: { correlationId } }) => [`stream ${stream}`, `correlation ${correlationId}`]),
  ),
];
