export interface ServerSentEvent {
  readonly id: string | undefined;
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
        const data = lines.find((line) => line.startsWith('data: '));
        const id = lines.find((line) => line.startsWith('id: '));
        if (data !== undefined) return { id: id?.slice(4), data: JSON.parse(data.slice(6)) as unknown };
      }
    },
    close: async () => {
      abort.abort();
      await reader.cancel().catch(() => undefined);
    },
  };
}
