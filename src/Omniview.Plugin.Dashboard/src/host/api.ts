import { credentials } from './login';
import type { BuildRecord, HostVersion, LogEntry, PartUsage } from './types';

/** What the dev host refused, in its own words. */
export class Refusal extends Error {
  constructor(readonly status: number, message: string) {
    super(message);
  }
}

const plugin = (id: string, what: string) => `/api/v1/plugins/${encodeURIComponent(id)}/${what}`;

export const host = {
  version: () => get<HostVersion | null>('/api/v1/version'),
  logs: (id: string) => get<readonly LogEntry[] | null>(plugin(id, 'logs')),
  builds: (id: string) => get<readonly BuildRecord[]>(plugin(id, 'builds')),
  usage: (id: string) => get<readonly PartUsage[]>(plugin(id, 'process')),
  start: (id: string) => post(plugin(id, 'start')),
  stop: (id: string) => post(plugin(id, 'stop')),
  restart: (id: string) => post(plugin(id, 'restart')),
  rebuild: (id: string) => post(plugin(id, 'rebuild')),
  open: (id: string, file: string, line: number, column: number) => post(plugin(id, 'open'), { file, line, column }),
};

async function get<T>(path: string): Promise<T> {
  return (await answer(await fetch(path, { headers: credentials(), cache: 'no-store' }))) as T;
}

function post(path: string, body: object = {}): Promise<unknown> {
  return fetch(path, { method: 'POST', headers: { ...credentials(), 'Content-Type': 'application/json' }, body: JSON.stringify(body) }).then(answer);
}

async function answer(response: Response): Promise<unknown> {
  if (response.ok) {
    return response.json();
  }

  const problem = (await response.json().catch(() => null)) as { detail?: string } | null;
  throw new Refusal(response.status, problem?.detail ?? `The dev host answered ${response.status}.`);
}
