export type Line = Readonly<Record<string, unknown>>;

export interface Lines {
  readonly response: Response;
  /** The next event; waits for it. */
  next(): Promise<Line>;
  /** All that is left of a feed that ends. */
  rest(): Promise<Line[]>;
  close(): Promise<void>;
}

/** Reads NDJSON line by line. */
export async function openLines(url: string, headers: Readonly<Record<string, string>>): Promise<Lines> {
  const abort = new AbortController();
  const response = await fetch(url, { headers, signal: abort.signal });
  if (response.body === null) throw new Error('an answer without a body');
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  const line = async (): Promise<Line | null> => {
    for (;;) {
      const end = text.indexOf('\n');
      if (end < 0) {
        const { value, done } = await reader.read();
        if (done) return null;
        text += value;
        continue;
      }
      const found = text.slice(0, end);
      text = text.slice(end + 1);
      return JSON.parse(found) as Line;
    }
  };
  return {
    response,
    next: async () => {
      const found = await line();
      if (found === null) throw new Error('the feed has ended');
      return found;
    },
    rest: async () => {
      const found: Line[] = [];
      for (let one = await line(); one !== null; one = await line()) found.push(one);
      return found;
    },
    close: async () => {
      abort.abort();
      await reader.cancel().catch(() => undefined);
    },
  };
}
