import type { PluginState, PluginStatus, Problem } from '../host/types';
import { relative } from '../problems/place';
import { problemsOf } from '../problems/problems';

/** What is wrong with a plugin, shortly. */
export interface Trouble {
  readonly kind: 'stale' | 'backend' | 'ui';
  readonly heading: string;
  /** The first error of that half; null when none is told. */
  readonly problem: Problem | null;
}

export function troublesOf(plugin: PluginState): readonly Trouble[] {
  const errors = problemsOf(plugin.pluginID).filter((problem) => problem.severity === 'error');
  const ofUi = errors.find((problem) => isOfUi(plugin, problem)) ?? null;
  const ofBackend = errors.find((problem) => !isOfUi(plugin, problem)) ?? null;
  const troubles: Trouble[] = [];
  if (plugin.stale) {
    troubles.push({ kind: 'stale', heading: `Stale: ${plugin.staleReason || (ofBackend?.code.startsWith('GO') ? 'build failed' : 'the last save does not run')}`, problem: ofBackend });
  } else if (plugin.goStatus === 'error') {
    troubles.push({ kind: 'backend', heading: 'Backend: error', problem: ofBackend });
  }

  if (plugin.viteStatus === 'error' || ofUi !== null) {
    troubles.push({ kind: 'ui', heading: 'UI: error', problem: ofUi ?? (troubles.length === 0 ? ofBackend : null) });
  }

  return troubles;
}

/** One word for a plugin, more exact than the dev host's: what is wrong with it, if something is. */
export function wordOf(plugin: PluginState): { readonly status: PluginStatus; readonly word: string } {
  const [first] = troublesOf(plugin);
  return first === undefined || plugin.mode === 'idle' ? { status: plugin.status, word: plugin.status } : { status: 'error', word: first.kind === 'backend' ? 'error' : first.kind === 'stale' ? 'stale' : first.heading };
}

/** Problems of Vite, of TypeScript and of the UI's packages have these codes. */
function isOfUi(plugin: PluginState, problem: Problem): boolean {
  return /^(OVP5|TS)|^OVP3006$/.test(problem.code) || /^ui[\\/]/.test(relative(problem.file, plugin.devPath));
}
