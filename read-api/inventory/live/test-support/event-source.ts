export interface ServerSentEvent {
  readonly id: string | undefined;
  /** Its type; undefined for a plain message. */
  readonly event: string | undefined;
  readonly data: unknown;
}

export interface EventSource {
  readonly response: Response;
  /** The next message; waits for it. */
  next(): Promise<ServerSentEvent>;
  close(): Promise<void>;
}

/** Reads Server-Sent Events, no faster than it is asked to. */
export async function openEventSource(url: string, headers: Readonly<Record<string, string>>): Promise<EventSource> {
  const abort = new AbortController();
  const response = await fetch(url, { headers, signal: abort.signal });
  if (response.body === null) throw new Error('an answer without a body');
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  const block = async (): Promise<string> => {
    for (;;) {
      const end = text.indexOf('\n\n');
      if (end >= 0) {
        const found = text.slice(0, end);
        text = text.slice(end + 2);
        return found;
      }
      const { value, done } = await reader.read();
      if (done) throw new Error('the messages have ended');
      text += value;
    }
  };
  return {
    response,
    next: async () => {
      for (;;) {
        const lines = (await block()).split('\n');
        const field = (name: string) => lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2);
        const data = field('data');
        if (data !== undefined) return { id: field('id'), event: field('event'), data: JSON.parse(data) as unknown };
      }
    },
    close: async () => {
      abort.abort();
      await reader.cancel().catch(() => undefined);
    },
  };
}
