import { EventParser, type HostEvent } from '../host/events';
import { credentials, logIn, logOut } from '../host/login';

/** Told how the connection to the dev host is. */
export interface ConnectionListener {
  connected(): void;
  happened(event: HostEvent): void;
  /** @param ended The host said goodbye, rather than the connection breaking off. */
  lost(ended: boolean): void;
  /** This page has not come by a link, or by one of a host that has ended. */
  loggedOut(): void;
}

const firstPause = 400;
const longestPause = 4000;
const turn = 12; // milliseconds of work before the page has its turn
const silence = 40_000; // the host says something every 15 seconds

/**
 * Follows the dev host's events for ever: goes on after the last one it got when the connection breaks. With fetch rather than
 * EventSource, which does not tell a refusal from a broken line, reads on when the page can't keep up, and waits as long as it likes.
 * Returns what tries again at once.
 */
export function follow(listener: ConnectionListener): () => void {
  let wake = () => {};
  let lastId = '';

  const connect = async (): Promise<boolean> => {
    const giveUp = new AbortController();
    let patience = setTimeout(() => giveUp.abort(), silence);
    try {
      if (!(await logIn(giveUp.signal))) {
        listener.loggedOut();
        return false;
      }

      const response = await fetch('/api/v1/events', {
        headers: lastId === '' ? credentials() : { ...credentials(), 'Last-Event-ID': lastId },
        cache: 'no-store',
        signal: giveUp.signal,
      });
      if (response.status === 401) {
        logOut();
        listener.loggedOut();
        return false;
      }

      if (!response.ok || response.body === null) {
        throw new Error(`${response.status}`);
      }

      listener.connected();
      const parser = new EventParser();
      let until = performance.now() + turn;
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
      for (;;) {
        const { done, value } = await reader.read();
        if (done) {
          listener.lost(true);
          return true;
        }

        clearTimeout(patience);
        patience = setTimeout(() => giveUp.abort(), silence);
        for (const event of parser.push(value)) {
          lastId = event.id || lastId;
          listener.happened(event);
          if (performance.now() > until) {
            await new Promise((resolve) => setTimeout(resolve)); // what waits in the stream would otherwise be read without a break
            until = performance.now() + turn;
          }
        }
      }
    } catch {
      listener.lost(false);
      return false;
    } finally {
      clearTimeout(patience);
    }
  };

  void (async () => {
    let pause = firstPause;
    for (;;) {
      const before = Date.now();
      await connect();
      pause = Date.now() - before > longestPause ? firstPause : Math.min(pause * 1.5, longestPause);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, pause);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  })();
  return () => wake();
}
