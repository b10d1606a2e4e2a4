import type { PluginState, PluginStatus, Problem } from '../host/types';
import { relative } from '../problems/place';
import { problemsOf } from '../problems/problems';

/** What is wrong with a plugin, shortly. */
export interface Trouble {
  readonly kind: 'stale' | 'backend' | 'ui';
  readonly heading: string;
  /** The first error of that half; null when none is told. */
  readonly problem: Problem | null;
  /** What the state says of it, when no problem is told. */
  readonly text: string;
}

export function troublesOf(plugin: PluginState): readonly Trouble[] {
  const errors = problemsOf(plugin.pluginID).filter((problem) => problem.severity === 'error');
  const ofUi = errors.find((problem) => isOfUi(plugin, problem)) ?? null;
  const ofBackend = errors.find((problem) => !isOfUi(plugin, problem)) ?? null;
  const troubles: Trouble[] = [];
  if (plugin.stale) {
    const why = plugin.staleReason || 'the last save does not run';
    troubles.push({ kind: 'stale', heading: `Stale: ${why}`, problem: ofBackend, text: '' });
  } else if (plugin.goStatus === 'error') {
    troubles.push({ kind: 'backend', heading: 'Backend: error', problem: ofBackend, text: '' });
  }

  if (plugin.viteStatus === 'error' || plugin.viteError !== '' || ofUi !== null) {
    const problem = ofUi ?? (troubles.length === 0 && plugin.viteError === '' ? ofBackend : null);
    troubles.push({ kind: 'ui', heading: 'UI: error', problem, text: plugin.viteError });
  }

  return troubles;
}

/** One word for a plugin, more exact than the dev host's: what is wrong with it, if something is. */
export function wordOf(plugin: PluginState): { readonly status: PluginStatus; readonly word: string } {
  const [first] = troublesOf(plugin);
  return first === undefined || plugin.mode === 'idle'
    ? { status: plugin.status, word: plugin.status }
    : { status: 'error', word: { stale: 'stale', backend: 'error', ui: first.heading }[first.kind] };
}

/** Problems of Vite, of TypeScript and of the UI's packages have these codes. */
function isOfUi(plugin: PluginState, problem: Problem): boolean {
  return /^(OVP5|TS)|^OVP3006$/.test(problem.code) || /^ui[\\/]/.test(relative(problem.file, plugin.devPath));
}
