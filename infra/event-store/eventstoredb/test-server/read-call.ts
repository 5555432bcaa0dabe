import type { ServerWritableStream } from '@grpc/grpc-js';
import type { ReadReq } from '@eventstore/db-client/generated/streams_pb.js';
import type { ReadMessage } from './read-messages.js';

/** A Read that is served: its answers are bytes already. */
export type ReadCall = ServerWritableStream<ReadReq, ReadMessage>;

/** Resolves when the client took what was written, or is gone, or the call is given up. */
export function writable(call: ReadCall, over?: AbortSignal): Promise<void> {
  if (!call.writableNeedDrain || call.cancelled || over?.aborted === true) return Promise.resolve();
  return new Promise((resolve) => {
    const done = (): void => {
      call.off('drain', done);
      call.off('cancelled', done);
      over?.removeEventListener('abort', done);
      resolve();
    };
    call.on('drain', done);
    call.on('cancelled', done);
    over?.addEventListener('abort', done);
  });
}
