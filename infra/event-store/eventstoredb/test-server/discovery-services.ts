import { randomUUID } from 'node:crypto';
import type { sendUnaryData } from '@grpc/grpc-js';
import type { ClusterInfo } from '@eventstore/db-client/generated/gossip_pb.js';
import type { SupportedMethods } from '@eventstore/db-client/generated/serverfeatures_pb.js';
import { stringUuid } from './identifiers.js';
import type { ServerNode } from './node.js';
import { features, gossip, streamServices } from './protocol.js';
import { ticksOf } from './ticks.js';

const METHOD_FEATURES: Readonly<Record<string, readonly string[]>> = {
  read: ['position', 'events'],
  batchappend: ['deadline_duration'],
};

/** ServerFeatures.GetSupportedMethods: the client asks it once a connection, to choose between the append calls. */
export function supportedMethodsHandler(
  node: ServerNode,
  offersBatchAppend: boolean,
): (call: unknown, answer: sendUnaryData<SupportedMethods>) => void {
  const methods = Object.values(streamServices.StreamsService)
    .map((method: { readonly path: string }) => method.path.toLowerCase().split('/'))
    .filter(([, , method]) => offersBatchAppend || method !== 'batchappend')
    .map(([, service = '', method = '']) =>
      new features.SupportedMethod()
        .setServiceName(service)
        .setMethodName(method)
        .setFeaturesList([...(METHOD_FEATURES[method] ?? [])]),
    );
  const supported = new features.SupportedMethods()
    .setEventStoreServerVersion(node.serverVersion)
    .setMethodsList(methods);
  return (_call, answer) => {
    void Promise.resolve(node.faults.pause('server-features')).then(() => answer(null, supported));
  };
}

/** Gossip.Read: a cluster of one, which leads. */
export function gossipHandler(node: ServerNode): (call: unknown, answer: sendUnaryData<ClusterInfo>) => void {
  const instanceId = randomUUID();
  return (_call, answer) => {
    const { host, port } = node.endpoint;
    const member = new gossip.MemberInfo()
      .setInstanceId(stringUuid(instanceId))
      .setTimeStamp(ticksOf(Date.now()))
      .setState(gossip.MemberInfo.VNodeState.LEADER)
      .setIsAlive(true)
      .setHttpEndPoint(new gossip.EndPoint().setAddress(host).setPort(port));
    answer(null, new gossip.ClusterInfo().setMembersList([member]));
  };
}
