import type { WebSocket } from 'ws';
import type { StockWatch, Delivery } from './stock-watch.js';

/** Unanswered heartbeats after which the client counts as disconnected. */
const MISSED = 4;
const GOING_AWAY = 1001;
const INTERNAL_ERROR = 1011;

/**
 * Sends a watch over a WebSocket, one message at a time: the next is made when the one before was written, so that a slow
 * client gets fewer messages and never a stale one.
 */
export function sendOverSocket(socket: WebSocket, watch: StockWatch, { onClose, heartbeatMs }: Delivery): void {
  let isSending = false;
  let missed = 0;
  const send = (): void => {
    if (isSending || socket.readyState !== socket.OPEN) return;
    const stock = watch.take();
    if (stock === undefined) return;
    isSending = true;
    socket.send(JSON.stringify(stock.counts), sent);
  };
  const sent = (error?: Error | null): void => {
    isSending = false;
    if (error === undefined || error === null) send();
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
  watch.start(send, (parked) => {
    if (parked === null) socket.close(GOING_AWAY);
    else socket.close(INTERNAL_ERROR, `${parked.code} ${parked.sku}`);
  });
}
