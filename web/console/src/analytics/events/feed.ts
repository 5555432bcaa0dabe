import { useQuery, keepPreviousData } from '@tanstack/react-query';
import { useEffect, useState } from 'preact/hooks';
import type { Schema } from '../../../../shared/api/index.js';
import { api } from '../../engine.js';
import type { EventQuestion } from './question.js';

export type EventLine = Schema<'EventLine'>;

const PAGE = 50;
/** Lines that a live tail shows; older ones leave it. */
const MOST_LIVE = 100;
const AGAIN_MS = 1_500;

export const parsedLines = (text: string): EventLine[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as EventLine);

/** A page of the feed, the oldest events first. @param from the last position of the page before */
export function useEventPage(question: EventQuestion, from: string | undefined, isAsked: boolean) {
  return useQuery({
    queryKey: ['events', question, from],
    enabled: isAsked,
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => {
      const query = { ...question, ...(from === undefined ? {} : { from }), limit: PAGE + 1 };
      const { data } = await api.GET('/v1/events', { params: { query }, parseAs: 'text', signal });
      const lines = parsedLines(String(data ?? ''));
      const items = lines.slice(0, PAGE);
      return { items, next: lines.length > PAGE ? (items.at(-1)?.position ?? null) : null };
    },
  });
}

export interface Tail {
  /** The newest first. */
  readonly lines: EventLine[];
  readonly error: unknown;
}

/** Follows the feed from now on while it is on, also through restarts of the engine. */
export function useTail(question: EventQuestion, isOn: boolean): Tail {
  const [tail, setTail] = useState<Tail>({ lines: [], error: null });
  const asked = JSON.stringify(question);
  useEffect(() => {
    if (!isOn) return undefined;
    setTail({ lines: [], error: null });
    const stop = new AbortController();
    const onLines = (lines: readonly EventLine[]) =>
      setTail((before) => ({ error: null, lines: [...lines.toReversed(), ...before.lines].slice(0, MOST_LIVE) }));
    const onError = (error: unknown) => setTail((before) => ({ ...before, error }));
    void follow({ question, signal: stop.signal, onLines, onError });
    return () => stop.abort();
  }, [asked, isOn]);
  return tail;
}

interface Following {
  readonly question: EventQuestion;
  readonly signal: AbortSignal;
  readonly onLines: (lines: readonly EventLine[]) => void;
  readonly onError: (error: unknown) => void;
}

type After = { readonly since: string } | { readonly from: string };

async function opened(asked: EventQuestion & Partial<After>, signal: AbortSignal) {
  const { data } = await api.GET('/v1/events', {
    params: { query: { ...asked, live: true } },
    parseAs: 'stream',
    signal,
  });
  return data as ReadableStream<Uint8Array> | undefined;
}

async function follow({ question, signal, onLines, onError }: Following): Promise<void> {
  let after: After = { since: new Date().toISOString() };
  while (!signal.aborted) {
    try {
      for await (const lines of linesOf(await opened({ ...question, ...after }, signal))) {
        after = { from: lines.at(-1)?.position ?? '' };
        onLines(lines);
      }
    } catch (error) {
      if (signal.aborted) return;
      onError(error);
    }
    await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
  }
}

async function* linesOf(stream: ReadableStream<Uint8Array> | undefined): AsyncGenerator<EventLine[]> {
  if (stream === undefined) return;
  const decoder = new TextDecoder();
  const reader = stream.getReader();
  let rest = '';
  for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
    const text = rest + decoder.decode(chunk.value, { stream: true });
    const end = text.lastIndexOf('\n') + 1;
    rest = text.slice(end);
    const lines = parsedLines(text.slice(0, end));
    if (lines.length > 0) yield lines;
  }
}

/** Every type of events in the log, for the field that chooses one. */
export function useEventTypes() {
  return useQuery({
    queryKey: ['event-types'],
    staleTime: 60_000,
    queryFn: ({ signal }) => allTypes(signal),
  });
}

async function allTypes(signal: AbortSignal): Promise<readonly Schema<'EventTypeRow'>[]> {
  const types: Schema<'EventTypeRow'>[] = [];
  let cursor: string | undefined;
  do {
    const page: Schema<'EventTypePage'> | undefined = await typesAfter(cursor, signal);
    types.push(...(page?.items ?? []));
    cursor = page?.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return types;
}

async function typesAfter(cursor: string | undefined, signal: AbortSignal) {
  const query = { limit: 100, ...(cursor === undefined ? {} : { cursor }) };
  const { data } = await api.GET('/v1/events/types', { params: { query }, signal });
  return data;
}

/** What is known of a type. */
export function useEventType(type: string) {
  return useQuery({
    queryKey: ['event-type', type],
    staleTime: 60_000,
    queryFn: async ({ signal }) => {
      const { data } = await api.GET('/v1/events/types/{type}', { params: { path: { type } }, signal });
      return data;
    },
  });
}
