const header = (description: string, schema: object, example: string): object => ({
  description,
  schema: { type: 'string', ...schema },
  example,
});

/** A place in the log as it is shown: of a log in SQLite, or in EventStoreDB; behind the mark of a log that was restored. */
export const POSITION_PATTERN = '^(?:[0-9a-f]{8}\\.)?(?:\\d{16}|\\d{20}-\\d{20})$';
/** The log and how far it had come. */
export const CONSISTENCY_TOKEN_PATTERN = '^\\S{1,100}\\.(?:-|\\d{16}|\\d{20}-\\d{20})$';

/** `*`, or entity tags separated by commas. */
export const IF_MATCH_PATTERN = '^\\s*(?:\\*|(?:W/)?"[^"]*"\\s*(?:,\\s*(?:W/)?"[^"]*"\\s*)*)\\s*$';
/** Of a preference this API knows `wait=N`; others are let be. */
export const PREFER_PATTERN = '^[^\\r\\n]{1,200}$';

/** Headers of answers. */
export const answerHeaders: Readonly<Record<string, object>> = {
  ETag: header(
    'Revision of the resource, quoted: for `If-Match` on the next write and for `asOf`.',
    { pattern: '^"-?\\d+"$' },
    '"3"',
  ),
  'Consistency-Token': header(
    'Sent along with a read, it makes the read show at least this write.',
    { pattern: CONSISTENCY_TOKEN_PATTERN },
    '8d0f5b6e-3c1a-4a55-9d0e-0d7a1f2b3c4d.0000000000000042',
  ),
  Location: header('Path of what was made.', { format: 'uri-reference' }, '/v1/orders/0Q7B2M4N6P8R'),
  'Retry-After': header('Seconds after which trying again makes sense.', { pattern: '^\\d+$' }, '1'),
  Allow: header('Methods that the path has.', {}, 'GET, HEAD'),
  'WWW-Authenticate': header('How to authenticate.', {}, 'Bearer'),
};
