import { useSearchParams } from 'wouter';
import { lastDays } from './periods.js';
import { useShopZone } from '../shop-zone.js';
import type { Question } from './use-report.js';

const DAYS = 30;

/** What is asked stands in the address, so that it can be sent to somebody; null until the shop's time zone is known. */
export function useQuestion(by: readonly string[]): readonly [Question | null, (question: Question) => void] {
  const [search, setSearch] = useSearchParams();
  const { data: zone } = useShopZone();
  if (zone === undefined) return [null, () => undefined];
  const timeZone = search.get('timeZone') ?? zone;
  const standard = lastDays(DAYS, new Date(), timeZone);
  const [first = 'day'] = by;
  const question = {
    by: by.find((one) => one === search.get('by')) ?? first,
    timeZone,
    from: search.get('from') ?? standard.from,
    to: search.get('to') ?? standard.to,
  };
  return [question, (asked) => setSearch({ ...asked }, { replace: true })];
}
