import { newLogId, readShownPosition, restoredLogId, shownPosition, showingPositions } from './log-id.js';
import { positionOfNumber } from '../shared/position.js';

const position = positionOfNumber(7);

describe('a position as clients get it', () => {
  it('is the plain one in a log that was never restored', () => {
    const logId = newLogId();
    expect(shownPosition(logId, position)).toBe('0000000000000007');
    expect(readShownPosition(logId, '0000000000000007')).toBe(position);
    const event = { position };
    expect(showingPositions(logId)(event)).toBe(event);
  });

  it('names the log where that was restored, and sorts as the log does', () => {
    const logId = restoredLogId();
    const shown = shownPosition(logId, position);
    expect(shown).toMatch(/^[0-9a-f]{8}\.0000000000000007$/);
    expect(readShownPosition(logId, shown)).toBe(position);
    expect(showingPositions(logId)({ position, type: 'a' })).toEqual({ position: shown, type: 'a' });
    expect(shown < shownPosition(logId, positionOfNumber(8))).toBe(true);
  });

  it('is told from one of before the restore, of another restore, and of a copy that was not restored', () => {
    const [logId, again] = [restoredLogId(), restoredLogId()];
    for (const text of [position, shownPosition(again, position)]) {
      expect(readShownPosition(logId, text)).toBe('of another log');
    }
    expect(readShownPosition(newLogId(), shownPosition(logId, position))).toBe('of another log');
  });

  it('is nothing where it is none', () => {
    for (const logId of [newLogId(), restoredLogId()]) {
      for (const text of ['', '7', '.', 'abc', 'zzzzzzzz.0000000000000007', '1.2.3']) {
        expect(readShownPosition(logId, text)).toBeUndefined();
      }
    }
  });
});
