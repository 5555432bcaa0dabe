/** Works through a source with so many workers at once; the first error ends it after the work under way. */
export async function inParallel<Item>(
  source: Iterable<Item> | AsyncIterable<Item>,
  workers: number,
  work: (item: Item, index: number) => Promise<void>,
): Promise<void> {
  const items = Symbol.asyncIterator in source ? source[Symbol.asyncIterator]() : source[Symbol.iterator]();
  let next = 0;
  const progress = { failed: false };
  const worker = async (): Promise<void> => {
    while (!progress.failed) {
      const index = next++;
      const item = await items.next();
      if (item.done === true) return;
      await work(item.value, index).catch((error: unknown) => {
        progress.failed = true;
        throw error;
      });
    }
  };
  const ended = await Promise.allSettled(Array.from({ length: workers }, worker));
  for (const end of ended) if (end.status === 'rejected') throw end.reason;
}
