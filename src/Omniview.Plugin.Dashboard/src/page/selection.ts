import { effect, signal } from '@preact/signals';
import { everything, type Filter } from '../logs/filter';
import { type Level, levels } from '../logs/line';
import { log } from '../logs/log';

/** The plugin that is looked at; null for all. */
export const chosen = signal<string | null>(null);
export const searched = signal('');
export const isPattern = signal(false);
export const hiddenSources = signal<ReadonlySet<string>>(everything.hiddenSources);
export const hiddenLevels = signal<ReadonlySet<Level>>(everything.hiddenLevels);
export const collapses = signal(true);
export const wraps = signal(false);
export const showsTime = signal(true);

export function toggled<T>(set: ReadonlySet<T>, one: T): ReadonlySet<T> {
  const changed = new Set(set);
  if (!changed.delete(one)) {
    changed.add(one);
  }

  return changed;
}

/** Looks at what the address says. */
export function readAddress(): void {
  const asked = new URLSearchParams(location.hash.slice(1));
  chosen.value = asked.get('plugin');
  searched.value = asked.get('q') ?? '';
  isPattern.value = asked.has('pattern');
  hiddenSources.value = new Set(asked.get('without')?.split(',') ?? []);
  hiddenLevels.value = asked.has('levels') ? new Set(levels.filter((level) => !asked.get('levels')?.split(',').includes(level))) : everything.hiddenLevels;
  collapses.value = !asked.has('repeats');
  wraps.value = asked.has('wrap');
  showsTime.value = !asked.has('notime');
}

/** What is looked at is in the address, so that it survives a reload and can be kept as a bookmark. */
export function keepInAddress(): void {
  readAddress();
  effect(() => {
    const filter: Filter = { plugin: chosen.value, text: searched.value, isPattern: isPattern.value, hiddenSources: hiddenSources.value, hiddenLevels: hiddenLevels.value };
    log.show(filter, collapses.value);
  });
  effect(() => {
    const kept = new URLSearchParams();
    const keep = (name: string, value: string, when: boolean) => when && kept.set(name, value);
    keep('plugin', chosen.value ?? '', chosen.value !== null);
    keep('q', searched.value, searched.value !== '');
    keep('pattern', '', isPattern.value);
    keep('without', [...hiddenSources.value].join(','), hiddenSources.value.size > 0);
    keep('levels', levels.filter((level) => !hiddenLevels.value.has(level)).join(','), hiddenLevels.value !== everything.hiddenLevels);
    keep('repeats', '', !collapses.value);
    keep('wrap', '', wraps.value);
    keep('notime', '', !showsTime.value);
    const text = kept.toString();
    history.replaceState(null, '', text === '' ? location.pathname : `#${text}`);
  });
}
