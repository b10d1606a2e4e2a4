import { computed, signal } from '@preact/signals';
import type { PluginState } from '../host/types';
import { builds } from './builds';
import { inOrder } from './plugins';
import { wordOf } from './state';
import { usage } from './usage';

export const columns = ['name', 'state', 'generation', 'ready', 'cpu', 'memory'] as const;
export type Column = (typeof columns)[number];

export interface Order {
  readonly by: Column;
  readonly descending: boolean;
}

export const order = signal<Order>({ by: 'name', descending: false });

/** What is looked for in the list of plugins. */
export const wanted = signal('');

/** With more plugins than this they are a list, with the details of the chosen one beside it. */
const mostCards = 2;
export const isMany = computed(() => inOrder.value.length > mostCards);

/** The plugins as they are listed: all, or those that are looked for, in the order that is wanted. */
export const listed = computed((): readonly PluginState[] => {
  if (!isMany.value) {
    return inOrder.value;
  }

  const text = wanted.value.trim().toLowerCase();
  const { by, descending } = order.value;
  const words = (plugin: PluginState) => `${plugin.pluginID} ${wordOf(plugin).word} ${plugin.mode}`.toLowerCase();
  const found = inOrder.value.filter((plugin) => words(plugin).includes(text));
  if (by === 'name') {
    return descending ? found.toReversed() : found;
  }

  const ranked = found.map((plugin) => ({ plugin, rank: rankOf(plugin, by) }));
  return ranked.sort((a, b) => compare(a.rank, b.rank, descending)).map(({ plugin }) => plugin);
});

/** Orders by a column; the other way round if it is that one already. What is large or bad is what one looks for. */
export function orderBy(by: Column): void {
  const now = order.peek();
  order.value = { by, descending: now.by === by ? !now.descending : by !== 'name' && by !== 'state' };
}

/** How long the plugin's last turn took from save to ready; null when there was none. */
export function lastReady(plugin: string): number | null {
  return builds.value.get(plugin)?.findLast((record) => record.result === 'ready')?.totalMs ?? null;
}

/** What the plugin takes of the machine, its UI included; null when it is not known. */
export function takes(plugin: string): { readonly cpu: number; readonly memory: number } | null {
  const parts = usage.value.get(plugin)?.filter((part) => part.usage.pid > 0) ?? [];
  const sum = (of: (part: (typeof parts)[number]) => number) => parts.reduce((all, part) => all + of(part), 0);
  return parts.length === 0 ? null : { cpu: sum((part) => part.usage.cpuPercent), memory: sum((part) => part.usage.residentBytes) };
}

const states = ['error', 'building', 'connecting', 'ready', 'stopped'];

function rankOf(plugin: PluginState, by: Exclude<Column, 'name'>): number | null {
  switch (by) {
    case 'state':
      return states.indexOf(wordOf(plugin).status);
    case 'generation':
      return plugin.generation > 0 ? plugin.generation : null;
    case 'ready':
      return lastReady(plugin.pluginID);
    case 'cpu':
      return takes(plugin.pluginID)?.cpu ?? null;
    case 'memory':
      return takes(plugin.pluginID)?.memory ?? null;
  }
}

/** What is not known comes last, whichever way. */
function compare(a: number | null, b: number | null, descending: boolean): number {
  return a === null || b === null ? Number(a === null) - Number(b === null) : descending ? b - a : a - b;
}
