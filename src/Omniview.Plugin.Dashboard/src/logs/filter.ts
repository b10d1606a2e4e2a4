import { type Kept, type Level, type Line, levels } from './line';

/** What of the log is wanted. */
export interface Filter {
  /** Of one plugin; null for all. */
  readonly plugin: string | null;
  readonly text: string;
  /** The text is a regular expression. */
  readonly isPattern: boolean;
  readonly hiddenSources: ReadonlySet<string>;
  readonly hiddenLevels: ReadonlySet<Level>;
}

export const everything: Filter = { plugin: null, text: '', isPattern: false, hiddenSources: new Set(), hiddenLevels: new Set<Level>(['debug']) };

/** Finds a text, whatever its case, or a pattern; a pattern that is none is told as an error and finds nothing. */
export function matcherOf(text: string, isPattern: boolean): { readonly matches: (text: string) => boolean; readonly error: string | null } {
  if (text === '') {
    return { matches: () => true, error: null };
  }

  if (!isPattern) {
    const wanted = text.toLowerCase();
    return { matches: (line) => line.toLowerCase().includes(wanted), error: null };
  }

  try {
    const pattern = new RegExp(text, 'i');
    return { matches: (line) => pattern.test(line), error: null };
  } catch (error) {
    return { matches: () => false, error: error instanceof Error ? error.message : String(error) };
  }
}

/** How many lines of each source and level have what is searched for: what a chip says is what it shows. */
export class Counts {
  readonly #counts = new Map<string, number>();

  change(line: Line, by: number): void {
    const key = `${line.level} ${line.source}`;
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + by);
  }

  get sources(): string[] {
    return [...new Set([...this.#counts.keys()].map((key) => key.slice(key.indexOf(' ') + 1)))];
  }

  ofSource(source: string, filter: Filter): number {
    return levels.filter((level) => !filter.hiddenLevels.has(level)).reduce((sum, level) => sum + this.#of(level, source), 0);
  }

  ofLevel(level: Level, filter: Filter): number {
    return this.sources.filter((source) => !filter.hiddenSources.has(source)).reduce((sum, source) => sum + this.#of(level, source), 0);
  }

  shown(filter: Filter): number {
    return this.sources.filter((source) => !filter.hiddenSources.has(source)).reduce((sum, source) => sum + this.ofSource(source, filter), 0);
  }

  #of(level: Level, source: string): number {
    return this.#counts.get(`${level} ${source}`) ?? 0;
  }
}

/** Whether it is shown, once it is known whether it is a hit. */
export function shows(filter: Filter, kept: Kept): boolean {
  return kept.kind === 'mark'
    ? filter.plugin === null || kept.plugin === '' || kept.plugin === filter.plugin
    : kept.hit && !filter.hiddenSources.has(kept.source) && !filter.hiddenLevels.has(kept.level);
}
