import type { EventStoreDBClient } from '@eventstore/db-client';
import { CallTimeoutError } from './errors.js';
import { ReadCall } from './read-call.js';
import type { ReadEvent } from './read-messages.js';

/** Everything that one read answers; it ends after so many milliseconds without an event. None where there is no stream. */
export function readEvents(client: EventStoreDBClient, request: Buffer, patience: number): Promise<ReadEvent[]> {
  return new Promise((resolve, reject) => {
    const events: ReadEvent[] = [];
    const timer = setTimeout(() => {
      call.cancel();
      reject(new CallTimeoutError(patience));
    }, patience);
    const call = new ReadCall(client, request, {
      onMessage: (message) => {
        if (message.kind === 'event') events.push(message);
        timer.refresh();
      },
      onEnd: (error) => {
        clearTimeout(timer);
        if (error === undefined) resolve(events);
        else reject(error);
      },
    });
  });
}
