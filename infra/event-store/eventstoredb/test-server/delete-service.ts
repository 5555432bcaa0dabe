import type { sendUnaryData, ServerUnaryCall } from '@grpc/grpc-js';
import type { DeleteReq, DeleteResp, TombstoneReq, TombstoneResp } from '@eventstore/db-client/generated/streams_pb.js';
import { ANY, NO_STREAM, STREAM_EXISTS } from './expected-revision.js';
import { streamNameOf } from './identifiers.js';
import type { ServerNode } from './node.js';
import { streams } from './protocol.js';
import { RpcError, streamDeleted, unknownError, wrongExpectedVersion } from './rpc-errors.js';
import { DELETED_REVISION } from './stream-state.js';
import { systemEvent } from './system-events.js';

type Handler<Request, Response> = (call: ServerUnaryCall<Request, Response>, answer: sendUnaryData<Response>) => void;
type Options = DeleteReq.Options | TombstoneReq.Options;

/** Streams.Delete: a soft delete, which is a `$tb` in the stream's metadata. The stream can be written to again. */
export function deleteHandler(node: ServerNode): Handler<DeleteReq, DeleteResp> {
  return answering((request) => {
    const stream = deletable(node, request.getOptions());
    const metadata = systemEvent('$metadata', `{"$tb":${DELETED_REVISION}}`);
    node.log.append({ stream: `$$${stream}`, expected: ANY, events: [metadata] });
    const offset = String(node.log.all.at(-1)?.position ?? 0);
    const position = new streams.DeleteResp.Position().setCommitPosition(offset).setPreparePosition(offset);
    return new streams.DeleteResp().setPosition(position);
  });
}

/** Streams.Tombstone: the stream never takes an event again. */
export function tombstoneHandler(node: ServerNode): Handler<TombstoneReq, TombstoneResp> {
  return answering((request) => {
    const stream = deletable(node, request.getOptions());
    const event = node.log.tombstone(stream, systemEvent('$streamDeleted', ''));
    const offset = String(event.position);
    const position = new streams.TombstoneResp.Position().setCommitPosition(offset).setPreparePosition(offset);
    return new streams.TombstoneResp().setPosition(position);
  });
}

function answering<Request, Response>(handle: (request: Request) => Response): Handler<Request, Response> {
  return (call, answer) => {
    try {
      answer(null, handle(call.request));
    } catch (error) {
      answer(error instanceof RpcError ? error : unknownError(String(error)));
    }
  };
}

/** The stream's name, if it is there at the expected revision. */
function deletable(node: ServerNode, options: Options | undefined): string {
  const stream = streamNameOf(options?.getStreamIdentifier());
  const state = node.log.stream(stream);
  if (state?.isTombstoned) throw streamDeleted(stream);
  const current = state?.currentRevision ?? NO_STREAM;
  const expected = expectedOf(options);
  const fits = expected === ANY || (expected === STREAM_EXISTS ? current >= 0 : expected === current);
  if (!fits) throw wrongExpectedVersion(stream, expected, current);
  return stream;
}

function expectedOf(options: Options | undefined): number {
  if (options?.hasRevision()) return Number(options.getRevision());
  if (options?.hasNoStream()) return NO_STREAM;
  return options?.hasStreamExists() ? STREAM_EXISTS : ANY;
}
