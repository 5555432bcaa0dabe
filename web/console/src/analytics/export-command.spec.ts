import { exportCommand, readingOf } from './export-command.js';

describe('the command that the export page shows', () => {
  it('has the options that were chosen and no other', () => {
    const all = { format: 'parquet', by: '', from: '', to: '' } as const;
    expect(exportCommand(all)).toBe('npm run -s cli -- export --format parquet --out events-parquet');
    expect(exportCommand({ format: 'ndjson', by: 'day', from: '2026-03-01T00:00:00.000Z', to: '' })).toBe(
      'npm run -s cli -- export --format ndjson --out events-ndjson --by day --from 2026-03-01T00:00:00.000Z',
    );
    expect(readingOf({ ...all, format: 'csv' })).toContain(`read_csv('events-csv/*.csv')`);
    expect(readingOf({ ...all, format: 'ndjson' })).toContain(`read_ndjson('events-ndjson/events.ndjson')`);
  });
});
