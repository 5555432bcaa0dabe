import { MongoBulkWriteError, MongoNetworkError, MongoServerError } from 'mongodb';
import { isMongoAway } from './mongo-errors.js';

const serverError = (code: number, labels: readonly string[] = []): MongoServerError =>
  new MongoServerError({ message: 'no', code, errorLabels: [...labels] });

describe('what says that MongoDB cannot answer now', () => {
  it.each([1, 13, 50, 91, 189, 365, 10_107, 11_600, 11_601, 11_602, 13_436])('code %s', (code) => {
    expect(isMongoAway(serverError(code))).toBe(true);
  });

  it('a code that nobody has heard of yet, as long as it is one of those with names', () => {
    expect(isMongoAway(serverError(499))).toBe(true);
  });

  it.each(['RetryableWriteError', 'RetryableError', 'SystemOverloadedError', 'TransientTransactionError'])(
    'the label %s, whatever the code',
    (label) => {
      expect(isMongoAway(serverError(40_324))).toBe(false);
      expect(isMongoAway(serverError(40_324, [label]))).toBe(true);
    },
  );

  it('a connection that is gone, and a pool without a free one', () => {
    expect(isMongoAway(new MongoNetworkError('closed'))).toBe(true);
    expect(isMongoAway(Object.assign(new Error('read'), { code: 'ECONNRESET' }))).toBe(true);
  });

  it('any write of a bulk that fails so', () => {
    const failed = (code: number): unknown =>
      new MongoBulkWriteError({ message: 'no', code, writeErrors: [] }, {
        getWriteConcernError: () => undefined,
      } as never);
    expect(isMongoAway(failed(1))).toBe(true);
    expect(isMongoAway(failed(11_000))).toBe(false);
  });

  it.each([2, 9, 14, 26, 66, 86, 121, 11_000, 17_280, 40_324, 51_075])(
    'not code %s: the question was wrong and would be again',
    (code) => {
      expect(isMongoAway(serverError(code))).toBe(false);
    },
  );

  it('not an error of our own with a number for its code', () => {
    expect(isMongoAway(Object.assign(new Error('a bug'), { code: 1 }))).toBe(false);
    expect(isMongoAway(new TypeError('a bug'))).toBe(false);
  });
});
