import type { EventFilter } from '../event-store.js';

const COLUMNS = 'e.position, e.id, s.name AS stream, e.revision, e.at, e.type, e.data, e.metadata';

/** Parameters: stream, first revision, most rows. */
export const streamQuery = (backwards: boolean): string => `
  SELECT ${COLUMNS} FROM streams s JOIN events e ON e.stream = s.id
   WHERE s.name = ? AND e.revision ${backwards ? '<=' : '>='} ?
   ORDER BY e.revision ${backwards ? 'DESC' : 'ASC'} LIMIT ?`;

export const BY_ID = `SELECT ${COLUMNS} FROM events e JOIN streams s ON s.id = e.stream WHERE e.id = unhex(?, '-')`;

const listed = (name: string): string => `IN (SELECT value FROM json_each(@${name}))`;

const conditions = (filter: EventFilter): string =>
  (filter.types === undefined ? '' : `AND e.type ${listed('types')} `) +
  (filter.categories === undefined ? '' : `AND s.category ${listed('categories')} `);

/** Named parameters of both: after, upTo (positions, exclusive and inclusive), most, and the filter's lists as JSON. */
export function logQuery(filter: EventFilter, backwards: boolean): string {
  // The plus keeps SQLite from walking whole streams: this query looks at one window of the log.
  const streams =
    filter.streams === undefined ? '' : `AND +e.stream IN (SELECT id FROM streams WHERE name ${listed('streams')}) `;
  return `
    SELECT ${COLUMNS} FROM events e JOIN streams s ON s.id = e.stream
     WHERE e.position > @after AND e.position <= @upTo ${streams}${conditions(filter)}
     ORDER BY e.position ${backwards ? 'DESC' : 'ASC'} LIMIT @most`;
}

/** As logQuery, by way of the streams' own index: for a few streams of a long log. */
export function streamsQuery(filter: EventFilter, backwards: boolean): string {
  const order = `ORDER BY e.position ${backwards ? 'DESC' : 'ASC'}`;
  return `
    SELECT ${COLUMNS} FROM events e JOIN streams s ON s.id = e.stream
     WHERE e.position IN (
       SELECT e.position FROM streams s CROSS JOIN events e INDEXED BY events_by_stream ON e.stream = s.id
        WHERE s.name ${listed('streams')} AND e.position > @after AND e.position <= @upTo ${conditions(filter)}
        ${order} LIMIT @most)
     ${order}`;
}
