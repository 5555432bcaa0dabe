import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { Schema } from '../../../shared/api/index.js';
import { api } from '../engine.js';
import type { Period } from './periods.js';
import { REPORTS, type ReportName, type ShownRow } from './report-kinds.js';

/** What is asked of a report. */
export interface Question extends Period {
  readonly by: string;
  readonly timeZone: string;
}

/** Every report is asked alike; each takes a `by` of its own, which its kind offers. */
type AnyReport = '/v1/reports/payments';
const pathOf = (report: ReportName): AnyReport => `/v1/reports/${report}` as AnyReport;
const queryOf = (question: Question) => question as Question & { readonly by: 'day' };

/** Pages that are read at most. */
const MOST_PAGES = 20;

async function itemsOf(report: ReportName, question: Question, signal: AbortSignal) {
  const items: object[] = [];
  let cursor: string | null = null;
  for (let page = 0; page < MOST_PAGES; page++) {
    const query: ReturnType<typeof queryOf> & { limit: number; cursor?: string } = {
      ...queryOf(question),
      limit: 100,
      ...(cursor === null ? {} : { cursor }),
    };
    const { data } = await api.GET(pathOf(report), { params: { query }, signal });
    items.push(...(data?.items ?? []));
    cursor = data?.nextCursor ?? null;
    if (cursor === null) return { items, isWhole: true };
  }
  return { items, isWhole: false };
}

export interface ReportRows {
  readonly rows: readonly ShownRow[];
  readonly isWhole: boolean;
}

const STANDS_MS = 15_000;

/** A report of a period, and whether it is all of it. */
export const useReport = (report: ReportName, question: Question) =>
  useQuery({
    queryKey: ['report', report, question],
    placeholderData: keepPreviousData,
    refetchInterval: STANDS_MS,
    queryFn: async ({ signal }): Promise<ReportRows> => {
      const { items, isWhole } = await itemsOf(report, question, signal);
      return { rows: items.map(REPORTS[report].rowOf), isWhole };
    },
  });

export type FunnelOf = Schema<'FunnelReportItem'>;

/** How far carts came, an item a currency: months are added up. */
export const useFunnel = (question: Question) =>
  useQuery({
    queryKey: ['funnel', question],
    placeholderData: keepPreviousData,
    refetchInterval: STANDS_MS,
    queryFn: async ({ signal }) => (await itemsOf('funnel', { ...question, by: 'month' }, signal)).items as FunnelOf[],
  });

export type CohortOf = Schema<'CustomersReportItem'>;

/** What each cohort ordered in each of these periods. */
export const useCohorts = (months: readonly Period[], timeZone: string) =>
  useQuery({
    queryKey: ['cohorts', months, timeZone],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      Promise.all(
        months.map(async (month) => {
          const { items } = await itemsOf('customers', { ...month, timeZone, by: 'cohort' }, signal);
          return items as CohortOf[];
        }),
      ),
  });

/** The whole report as a table. */
export async function csvOf(report: ReportName | 'sales', question: Question): Promise<string> {
  const path = `/v1/reports/${report}` as AnyReport;
  const headers = { accept: 'text/csv' };
  const { data } = await api.GET(path, { params: { query: queryOf(question) }, headers, parseAs: 'text' });
  return String(data ?? '');
}
