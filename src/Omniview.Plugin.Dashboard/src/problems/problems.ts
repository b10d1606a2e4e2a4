import { computed, signal } from '@preact/signals';
import type { PluginProblems, Problem } from '../host/types';
import { chosen } from '../page/selection';
import { say } from '../page/announce';

const byPlugin = signal<ReadonlyMap<string, readonly Problem[]>>(new Map());

/** A problem where it is shown. */
export interface Shown {
  readonly plugin: string;
  readonly problem: Problem;
  readonly key: string;
}

export const problemsOf = (plugin: string): readonly Problem[] => byPlugin.value.get(plugin) ?? [];

/** Those of the plugin that is looked at, by file: errors before warnings, files in the order of their first problem. */
export const files = computed(() => {
  const groups = new Map<string, { readonly file: string; readonly plugin: string; readonly shown: Shown[] }>();
  const rank = { error: 0, warning: 1, message: 2 };
  const all = [...byPlugin.value].filter(([plugin]) => chosen.value === null || plugin === chosen.value).flatMap(([plugin, problems]) => problems.map((problem) => ({ plugin, problem })));
  for (const [index, { plugin, problem }] of all.sort((a, b) => rank[a.problem.severity] - rank[b.problem.severity]).entries()) {
    const key = `${plugin}\0${problem.file}`;
    const group = groups.get(key) ?? { file: problem.file, plugin, shown: [] };
    groups.set(key, group);
    group.shown.push({ plugin, problem, key: `${key}\0${problem.line}\0${problem.column}\0${problem.code}\0${problem.message}\0${index}` });
  }

  groups.forEach((group) => group.shown.sort((a, b) => a.problem.line - b.problem.line || a.problem.column - b.problem.column));
  return [...groups.values()];
});

/** How many errors there are in all plugins. */
export const errors = computed(() => [...byPlugin.value.values()].flat().filter((problem) => problem.severity === 'error').length);

/** @param all Whoever is not named has none. */
export function takeProblems(news: readonly PluginProblems[], all: boolean): void {
  const before = errors.peek();
  const now = new Map(all ? [] : byPlugin.peek());
  for (const { pluginID, errors: problems } of news) {
    if (problems.length === 0) {
      now.delete(pluginID);
    } else {
      now.set(pluginID, problems);
    }
  }

  byPlugin.value = now;
  if (errors.peek() !== before) {
    say(errors.peek() === 0 ? 'No errors any more' : `${errors.peek()} ${errors.peek() === 1 ? 'error' : 'errors'}`);
  }
}
