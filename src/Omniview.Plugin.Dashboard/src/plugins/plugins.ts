import { computed, signal } from '@preact/signals';
import type { PluginState } from '../host/types';
import { forget, refreshBuilds } from './builds';

/** Every plugin that was seen, by its id; one that nobody runs any more stays as long as it can be started again. */
export const plugins = signal<ReadonlyMap<string, PluginState>>(new Map());

export const inOrder = computed(() => [...plugins.value.values()].sort((a, b) => a.pluginID.localeCompare(b.pluginID)));

/** All there are at the moment. */
export function takePlugins(states: readonly PluginState[]): void {
  const now = new Map(states.map((state) => [state.pluginID, state]));
  for (const [id, before] of plugins.peek()) {
    if (!now.has(id) && before.mode !== 'external') {
      now.set(id, { ...before, mode: 'idle', status: 'stopped', viteStatus: before.viteStatus === 'idle' ? 'idle' : 'stopped', goStatus: before.goStatus === 'idle' ? 'idle' : 'stopped', viteURL: '', viteError: '', grpcConnected: false, pluginPid: 0, pluginHealth: '', stale: false, staleReason: '' });
    }
  }

  plugins.value = now;
  states.filter((state) => state.mode === 'managed').forEach((state) => refreshBuilds(state.pluginID));
}

export function takePlugin(state: PluginState): void {
  const before = plugins.peek().get(state.pluginID);
  if (before !== undefined && before.mode !== 'idle' && state.mode !== 'idle' && state.seq < before.seq) {
    return;
  }

  const now = new Map(plugins.peek());
  if (before?.mode === 'external' && state.mode === 'idle') {
    now.delete(state.pluginID); // who started it can start it again, we can't
    forget(state.pluginID);
  } else {
    now.set(state.pluginID, state);
  }

  plugins.value = now;
  if (state.mode === 'managed' && (before?.generation !== state.generation || before.goStatus !== state.goStatus)) {
    refreshBuilds(state.pluginID);
  }
}
