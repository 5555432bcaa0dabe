import type { Appends } from './writer-protocol.js';

export interface SubmittedEvent {
  readonly id: string;
  readonly type: string;
  /** JSON text, as are the metadata. */
  readonly data: string;
  readonly metadata: string;
}

export interface SubmittedAppend {
  readonly stream: string;
  readonly expected: number;
  readonly events: readonly SubmittedEvent[];
}

export function unpack({ numbers, texts }: Appends): SubmittedAppend[] {
  const appends: SubmittedAppend[] = [];
  let text = 0;
  const next = (): string => texts[text++] ?? '';
  for (let number = 0; number < numbers.length; number += 2) {
    const stream = next();
    const events: SubmittedEvent[] = [];
    for (let left = numbers[number + 1] ?? 0; left > 0; left -= 1)
      events.push({ id: next(), type: next(), data: next(), metadata: next() });
    appends.push({ stream, expected: numbers[number] ?? 0, events });
  }
  return appends;
}
