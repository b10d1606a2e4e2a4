import { signal } from '@preact/signals';
import { host } from '../host/api';
import type { BuildRecord } from '../host/types';

/** The last turns of each plugin's loop, oldest first. */
export const builds = signal<ReadonlyMap<string, readonly BuildRecord[]>>(new Map());

const looks = [150, 1200]; // milliseconds: a turn is written down a moment after its end was told
const timers = new Map<string, ReturnType<typeof setTimeout>[]>();

export function refreshBuilds(plugin: string): void {
  timers.get(plugin)?.forEach(clearTimeout);
  timers.set(plugin, looks.map((pause) => setTimeout(() => void fetchBuilds(plugin), pause)));
}

export function forget(plugin: string): void {
  const now = new Map(builds.peek());
  now.delete(plugin);
  builds.value = now;
}

async function fetchBuilds(plugin: string): Promise<void> {
  try {
    const records = await host.builds(plugin);
    if (records.length > 0) {
      builds.value = new Map(builds.peek()).set(plugin, records);
    }
  } catch {
    // The connection tells that it is lost; the next snapshot asks again.
  }
}
