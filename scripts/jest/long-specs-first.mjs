import TestSequencer from '@jest/test-sequencer';

/** Where the specs wait for processes and servers: each takes a minute or several. */
const LONG = [
  /infra\/app\/e2e\//,
  /sagas\/journeys\//,
  /infra\/event-store\/eventstoredb\/(eventstoredb-event-store|read-faults)/,
  /infra\/search-index\/[^/]+\/[^/]+-search-index|elasticsearch-index/,
  /read-model-store\/mongodb\//,
];

/**
 * Begins with the specs that take longest. On a fresh clone Jest knows no durations and takes the largest files first; a long spec of
 * few lines is then the last one, beside idle workers.
 */
export default class LongSpecsFirst extends TestSequencer {
  sort(tests) {
    const isLong = ({ path }) => LONG.some((pattern) => pattern.test(path));
    return [...super.sort(tests)].sort((a, b) => Number(isLong(b)) - Number(isLong(a)));
  }
}
