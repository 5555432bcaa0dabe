import type { EventFilter } from '../event-store.js';
import { UNINDEXED_REVISIONS } from './schema.js';

/** Selects bytes as hex, which is read faster than bytes, and a text after `=`. */
const readable = (column: string): string =>
  `CASE typeof(e.${column}) WHEN 'blob' THEN hex(e.${column}) WHEN 'text' THEN '=' || e.${column} ELSE e.${column} END`;

/** Columns in the order of `EventRow`. */
const COLUMNS = `e.position, s.name, e.revision, e.at, e.type, e.data, ${readable('id')}, e.actor, ${readable('cause')}`;

/** Matches causes that begin with a command, which is given as `causeOf` makes it. */
const OF_COMMAND = 'substr(e.cause, 2, length(@command)) = @command';

/** Parameters: CRC of the stream's name, the name, first revision, most rows. */
export const streamQuery = (backwards: boolean): string => `
  SELECT ${COLUMNS} FROM streams s JOIN events e ON e.stream = s.id
   WHERE s.name_crc = ? AND s.name = ? AND e.revision ${backwards ? '<=' : '>='} ?
   ORDER BY e.revision ${backwards ? 'DESC' : 'ASC'} LIMIT ?`;

/** First revision of a command in a stream. Named parameters: crc, name, command. */
export const COMMAND_QUERY = `
  SELECT min(e.revision) FROM streams s JOIN events e INDEXED BY events_by_command ON e.stream = s.id
   WHERE s.name_crc = @crc AND s.name = @name AND e.revision >= ${UNINDEXED_REVISIONS}
     AND substr(e.cause, 2, 4) = substr(@command, 1, 4) AND ${OF_COMMAND}`;

/** Finds the first revision of a command among the events that the index leaves out. */
export const EARLY_COMMAND_QUERY = `
  SELECT min(e.revision) FROM streams s JOIN events e INDEXED BY events_by_stream ON e.stream = s.id
   WHERE s.name_crc = @crc AND s.name = @name AND e.revision < ${UNINDEXED_REVISIONS} AND ${OF_COMMAND}`;

/** Selects place and time of the first event at a position or after it. Parameter: the position. */
export const FROM_QUERY = 'SELECT position, at FROM events WHERE position >= ? ORDER BY position LIMIT 1';

/** Counts events by type. Parameters: positions, exclusive and inclusive. */
export const TYPES_QUERY = `
  SELECT type, count(*) AS count, min(at) AS first, max(at) AS last FROM events
   WHERE position > ? AND position <= ? GROUP BY type`;

/** Selects events with their hash first. Parameters: id of the stream, first revision, last revision, most rows. */
export const HASHED_QUERY = `
  SELECT e.hash, ${COLUMNS} FROM streams s JOIN events e ON e.stream = s.id
   WHERE s.id = ? AND e.revision >= ? AND e.revision <= ? ORDER BY e.revision LIMIT ?`;

/** Selects the events after the stream's recorded end. Parameter: id of the stream. */
export const BEYOND_QUERY = `
  SELECT e.hash, ${COLUMNS} FROM streams s JOIN events e ON e.stream = s.id
   WHERE s.id = ? AND e.revision > s.revision ORDER BY e.revision`;

const listed = (name: string): string => `IN (SELECT value FROM json_each(@${name}))`;

const NAMED_STREAMS = `s.name_crc ${listed('crcs')} AND s.name ${listed('streams')}`;

/** The correlation of an event as `correlationOf` makes it, whichever way its ids are packed (event-columns.ts). */
const CORRELATION_OF = `CASE
  WHEN typeof(e.cause) = 'text' THEN '=' || json_extract(e.cause, '$[1]')
  WHEN substr(e.cause, 1, 1) = x'10' THEN '=' || json_extract(CAST(substr(e.cause, 18) AS TEXT), '$[1]')
  WHEN substr(e.cause, 1, 1) IN (x'01', x'03', x'05', x'07', x'09', x'0b', x'0d', x'0f') THEN hex(substr(e.cause, 18, 16))
  ELSE hex(substr(e.cause, 2, 16)) END`;

const conditions = (filter: EventFilter): string =>
  (filter.types === undefined ? '' : `AND e.type ${listed('types')} `) +
  (filter.categories === undefined ? '' : `AND s.category ${listed('categories')} `) +
  (filter.actors === undefined ? '' : `AND e.actor ${listed('actors')} `) +
  (filter.correlationIds === undefined ? '' : `AND ${CORRELATION_OF} ${listed('correlations')} `);

/** Named parameters of both: after, upTo (positions, exclusive and inclusive), most, and the filter's lists as JSON. */
export function logQuery(filter: EventFilter, backwards: boolean): string {
  // The plus keeps SQLite from scanning whole streams: this query scans one window of the log.
  const streams =
    filter.streams === undefined ? '' : `AND +e.stream IN (SELECT s.id FROM streams s WHERE ${NAMED_STREAMS}) `;
  return `
    SELECT ${COLUMNS} FROM events e JOIN streams s ON s.id = e.stream
     WHERE e.position > @after AND e.position <= @upTo ${streams}${conditions(filter)}
     ORDER BY e.position ${backwards ? 'DESC' : 'ASC'} LIMIT @most`;
}

/** Does the same as logQuery by the index of streams, which is faster for a few streams of a long log. */
export function streamsQuery(filter: EventFilter, backwards: boolean): string {
  const order = `ORDER BY e.position ${backwards ? 'DESC' : 'ASC'}`;
  return `
    SELECT ${COLUMNS} FROM events e JOIN streams s ON s.id = e.stream
     WHERE e.position IN (
       SELECT e.position FROM streams s CROSS JOIN events e INDEXED BY events_by_stream ON e.stream = s.id
        WHERE ${NAMED_STREAMS} AND e.position > @after AND e.position <= @upTo ${conditions(filter)}
        ${order} LIMIT @most)
     ${order}`;
}
