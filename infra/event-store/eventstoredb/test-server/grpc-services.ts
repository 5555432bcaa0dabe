import { Server } from '@grpc/grpc-js';
import { appendHandler } from './append-service.js';
import { batchAppendHandler } from './batch-append-service.js';
import { deleteHandler, tombstoneHandler } from './delete-service.js';
import { gossipHandler, supportedMethodsHandler } from './discovery-services.js';
import type { ServerNode } from './node.js';
import { featureServices, gossipServices, streamServices } from './protocol.js';
import type { ReadMessage } from './read-messages.js';
import { readHandler } from './read-service.js';

/** What a real node takes: the largest record of its log. */
const MAX_MESSAGE_BYTES = 16 * 1024 * 1024;

/** A gRPC server that answers for the node. It listens nowhere by itself. */
export function grpcServerOf(node: ServerNode, offersBatchAppend: boolean): Server {
  const server = new Server({
    'grpc.max_receive_message_length': MAX_MESSAGE_BYTES,
    'grpc.max_send_message_length': MAX_MESSAGE_BYTES,
  });
  const { StreamsService } = streamServices;
  const streamsWithBytes = {
    ...StreamsService,
    read: { ...StreamsService.read, responseSerialize: (message: ReadMessage) => message },
  };
  server.addService(streamsWithBytes, {
    read: readHandler(node),
    append: appendHandler(node),
    batchAppend: batchAppendHandler(node),
    delete: deleteHandler(node),
    tombstone: tombstoneHandler(node),
  });
  server.addService(gossipServices.GossipService, { read: gossipHandler(node) });
  server.addService(featureServices.ServerFeaturesService, {
    getSupportedMethods: supportedMethodsHandler(node, offersBatchAppend),
  });
  return server;
}
