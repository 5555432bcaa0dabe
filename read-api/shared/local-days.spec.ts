import { localDays } from './local-days.js';

const HOUR_MS = 3_600_000;
const at = (minute: string): number => Date.parse(`${minute}Z`);

/** Every local day that the quarters of an hour from `from` to `to` belong to, with how many hours it has. */
async function daysIn(timeZone: string, from: string, to: string): Promise<readonly (readonly [string, number])[]> {
  const days = await localDays(timeZone);
  const quarters = new Map<string, number>();
  for (let time = at(from); time < at(to); time += HOUR_MS / 4) {
    const day = days.dayOf(new Date(time).toISOString().slice(0, 16));
    quarters.set(day, (quarters.get(day) ?? 0) + 1);
  }
  return [...quarters].map(([day, count]) => [day, count / 4]);
}

describe('the days of a time zone', () => {
  it.each<[string, string, string, [string, number][]]>([
    [
      'UTC',
      '2026-03-29T00:00',
      '2026-03-31T00:00',
      [
        ['2026-03-29', 24],
        ['2026-03-30', 24],
      ],
    ],
    [
      'America/New_York',
      '2026-03-07T05:00',
      '2026-03-10T04:00',
      [
        ['2026-03-07', 24],
        ['2026-03-08', 23],
        ['2026-03-09', 24],
      ],
    ],
    [
      'America/New_York',
      '2026-10-31T04:00',
      '2026-11-03T05:00',
      [
        ['2026-10-31', 24],
        ['2026-11-01', 25],
        ['2026-11-02', 24],
      ],
    ],
    [
      'Europe/Berlin',
      '2026-03-28T23:00',
      '2026-03-30T22:00',
      [
        ['2026-03-29', 23],
        ['2026-03-30', 24],
      ],
    ],
    [
      'Europe/Berlin',
      '2026-10-24T22:00',
      '2026-10-26T23:00',
      [
        ['2026-10-25', 25],
        ['2026-10-26', 24],
      ],
    ],
    [
      'Asia/Kathmandu',
      '2026-03-28T18:15',
      '2026-03-30T18:15',
      [
        ['2026-03-29', 24],
        ['2026-03-30', 24],
      ],
    ],
    [
      'Australia/Lord_Howe',
      '2026-04-03T13:00',
      '2026-04-05T13:30',
      [
        ['2026-04-04', 24],
        ['2026-04-05', 24.5],
      ],
    ],
    [
      'Australia/Lord_Howe',
      '2026-10-02T13:30',
      '2026-10-04T13:00',
      [
        ['2026-10-03', 24],
        ['2026-10-04', 23.5],
      ],
    ],
    // It moved over the date line: the 30th was left out.
    [
      'Pacific/Apia',
      '2011-12-29T10:00',
      '2011-12-31T10:00',
      [
        ['2011-12-29', 24],
        ['2011-12-31', 24],
      ],
    ],
    // Clocks are put forward at midnight: the day begins at one.
    [
      'Africa/Cairo',
      '2026-04-22T22:00',
      '2026-04-24T21:00',
      [
        ['2026-04-23', 24],
        ['2026-04-24', 23],
      ],
    ],
    // They are put back at midnight: there is no second beginning.
    [
      'Africa/Cairo',
      '2026-10-28T21:00',
      '2026-10-30T22:00',
      [
        ['2026-10-29', 25],
        ['2026-10-30', 24],
      ],
    ],
  ])('of %s from %s have their hours', async (timeZone, from, to, expected) => {
    expect(await daysIn(timeZone, from, to)).toEqual(expected);
    const days = await localDays(timeZone);
    expect(days.startOf(expected[0]?.[0] ?? '')).toBe(from);
    expect(days.endOf(expected.at(-1)?.[0] ?? '')).toBe(to);
  });

  it('end where the next begins, also around one that was left out', async () => {
    const apia = await localDays('Pacific/Apia');
    const bounds = ['2011-12-29', '2011-12-30', '2011-12-31'].map((day) => [apia.startOf(day), apia.endOf(day)]);
    expect(bounds).toEqual([
      ['2011-12-29T10:00', '2011-12-30T10:00'],
      ['2011-12-30T10:00', '2011-12-30T10:00'],
      ['2011-12-30T10:00', '2011-12-31T10:00'],
    ]);
  });

  it.each(['UTC', 'Asia/Tokyo', 'America/Los_Angeles'])('of %s have no end in the last of all', async (timeZone) => {
    const days = await localDays(timeZone);
    expect(days.endOf('9999-12-31')).toBeNull();
    expect(days.startOf('9999-12-31') > '9999-12-30').toBe(true);
  });

  it('are refused for a zone that there is not', async () => {
    await expect(localDays('Mars/Olympus')).rejects.toThrow(RangeError);
  });
});
