import { signal } from '@preact/signals';
import { phase } from '../connection/connection';
import { host } from '../host/api';
import type { PartUsage } from '../host/types';
import { plugins } from './plugins';

/** What each plugin's parts take of the machine. */
export const usage = signal<ReadonlyMap<string, readonly PartUsage[]>>(new Map());

const interval = 2000;

export const percent = (cpu: number) => `${cpu.toFixed(cpu < 10 ? 1 : 0)} %`;
export const megabytes = (bytes: number) => `${Math.round(bytes / 1024 / 1024).toLocaleString('en')} MB`;

/** Asks as long as somebody looks. */
export function measure(): void {
  setInterval(() => {
    if (!document.hidden && phase.peek() === 'live') {
      void ask();
    }
  }, interval);
  setTimeout(() => void ask(), 300);
}

async function ask(): Promise<void> {
  const managed = [...plugins.peek().values()].filter((plugin) => plugin.mode === 'managed');
  try {
    usage.value = new Map(await Promise.all(managed.map(async (plugin) => [plugin.pluginID, await host.usage(plugin.pluginID)] as const)));
  } catch {
    // The connection tells that it is lost.
  }
}
