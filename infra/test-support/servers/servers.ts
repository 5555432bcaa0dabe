import type { RealServer } from './real-server.js';

const noPath = (scheme: string) => (host: string, port: number) => `${scheme}://${host}:${port}`;

export const EVENTSTOREDB: RealServer = {
  name: 'EventStoreDB',
  variable: 'EVENT_STORE_TEST_URL',
  image: 'eventstore/eventstore:24.6.0-bookworm-slim',
  port: 2113,
  environment: { EVENTSTORE_INSECURE: 'true', EVENTSTORE_CLUSTER_SIZE: '1', EVENTSTORE_MEM_DB: 'false' },
  readyPath: '/health/live',
  urlAt: (host, port) => `esdb://${host}:${port}?tls=false`,
};

export const MONGODB: RealServer = {
  name: 'MongoDB',
  variable: 'READ_STORE_TEST_URL',
  image: 'mongo:8.0.16',
  port: 27_017,
  urlAt: noPath('mongodb'),
};

/** One that knows users and what each may do; the URL is of one who may make others. */
export const MONGODB_WITH_USERS: RealServer = {
  ...MONGODB,
  name: 'MongoDB with users',
  variable: 'READ_STORE_AUTH_TEST_URL',
  environment: { MONGO_INITDB_ROOT_USERNAME: 'root', MONGO_INITDB_ROOT_PASSWORD: 'for-specs-alone' },
  urlAt: (host, port) => `mongodb://root:for-specs-alone@${host}:${port}/?authSource=admin`,
};

export const ELASTICSEARCH: RealServer = {
  name: 'Elasticsearch',
  variable: 'SEARCH_TEST_URL',
  image: 'docker.elastic.co/elasticsearch/elasticsearch:9.5.3',
  port: 9200,
  environment: {
    'discovery.type': 'single-node',
    'xpack.security.enabled': 'false',
    ES_JAVA_OPTS: '-Xms512m -Xmx512m',
  },
  readyPath: '/_cluster/health',
  urlAt: noPath('http'),
};

export const NATS: RealServer = {
  name: 'NATS',
  variable: 'BUS_TEST_URL',
  image: 'nats:2.15.2-alpine',
  port: 4222,
  command: ['-js'],
  urlAt: noPath('nats'),
};

/** Cuts and slows what is between us and a server. In a container it would not reach the servers of this machine. */
export const TOXIPROXY: RealServer = {
  name: 'Toxiproxy',
  variable: 'TOXIPROXY_URL',
  image: null,
  port: 8474,
  urlAt: noPath('http'),
};
