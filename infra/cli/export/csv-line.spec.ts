import { parse } from 'csv-parse/sync';
import { CSV_HEAD, csvLine } from './csv-line.js';

describe('a line of the feed as CSV', () => {
  it.each(['saga:checkout', 'a, "b"', 'one\ntwo', 'one\rtwo', ',"data":'])(
    'is read back as it was, with actor %j',
    (actor) => {
      const line = { id: 'e-1', revision: 3, actor, causationId: null, data: { text: 'x, "y"\n', n: 1 } };
      const read = parse(CSV_HEAD + csvLine(JSON.stringify(line)), {
        columns: true,
        record_delimiter: ['\r\n', '\n', '\r'],
      });
      expect(read).toEqual([
        expect.objectContaining({ id: 'e-1', revision: '3', actor, causationId: '', data: JSON.stringify(line.data) }),
      ]);
    },
  );
});
