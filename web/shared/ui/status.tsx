const TONES: Readonly<Record<string, string>> = {
  pending: 'wait',
  waiting: 'wait',
  running: 'busy',
  done: 'good',
  stuck: 'bad',
  requested: 'wait',
  created: 'wait',
  'catching-up': 'wait',
  building: 'wait',
  comparing: 'wait',
  differs: 'bad',
  confirmed: 'busy',
  authorized: 'busy',
  'partially-shipped': 'busy',
  booked: 'busy',
  shipped: 'busy',
  completed: 'good',
  delivered: 'good',
  captured: 'good',
  active: 'good',
  live: 'good',
  rejected: 'bad',
  declined: 'bad',
  failed: 'bad',
  stopped: 'bad',
  blocked: 'bad',
};

/** A state as a word in a coloured frame; the word alone says it, the colour helps to find it. */
export const Status = ({ value }: { readonly value: string }) => (
  <span className={`status ${TONES[value] ?? 'calm'}`}>{value.replaceAll('-', ' ')}</span>
);
