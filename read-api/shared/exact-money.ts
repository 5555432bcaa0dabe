import { currencyCode } from '../../domain/shared/index.js';
import { bigInteger, named, object } from '../../domain/shared/schema.js';

/** A sum of money that may go beyond 2^53, under a name of its own. */
export const exactMoney = (name: string) =>
  named(
    name,
    object(
      {
        amount: bigInteger('Minor units; exact also beyond 2^53, where a client needs big integers.', 598),
        currency: currencyCode(),
      },
      'A sum of money, in full however large it is.',
    ),
  );
