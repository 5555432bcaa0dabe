import type { WebSocket } from 'ws';
import type { StockWatch, Telling } from './stock-watch.js';

/** So many heartbeats unanswered, and the client counts as gone. */
const MISSED = 4;
const GOING_AWAY = 1001;
const INTERNAL_ERROR = 1011;

/**
 * Tells a watch over a WebSocket, one message at a time: the next is made when the one before has left, so that a slow
 * client is told less often and never something stale.
 */
export function tellOverSocket(socket: WebSocket, watch: StockWatch, { onClose, heartbeatMs }: Telling): void {
  let isSending = false;
  let missed = 0;
  const tell = (): void => {
    if (isSending || socket.readyState !== socket.OPEN) return;
    const stock = watch.take();
    if (stock === undefined) return;
    isSending = true;
    socket.send(JSON.stringify(stock.counts), sent);
  };
  const sent = (error?: Error | null): void => {
    isSending = false;
    if (error === undefined || error === null) tell();
  };
  const heartbeat = setInterval(() => {
    missed += 1;
    if (missed > MISSED) socket.terminate();
    else socket.ping();
  }, heartbeatMs);
  socket.on('pong', () => (missed = 0));
  socket.on('error', () => socket.terminate());
  socket.on('close', () => {
    clearInterval(heartbeat);
    onClose();
  });
  watch.start(tell, (parked) => {
    if (parked === null) socket.close(GOING_AWAY);
    else socket.close(INTERNAL_ERROR, `${parked.code} ${parked.sku}`);
  });
}
