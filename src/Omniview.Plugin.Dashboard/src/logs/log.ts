import { signal } from '@preact/signals';
import type { LogEntry } from '../host/types';
import { Counts, everything, type Filter, matcherOf, shows } from './filter';
import { type Kept, type Line, lineOf, type Mark } from './line';
import { Rows } from './rows';

export const mostLines = 100_000;
const mostCharacters = 48 * 1024 * 1024;
const slice = 8; // milliseconds of work at a time, when all lines are looked at again
export const rowHeight = 20;

/**
 * The lines of all plugins in the order in which they came, bounded, and the rows that a filter leaves of them. Lines are
 * numbered by the dev host for each plugin, so what is missing in between is known and marked.
 */
export class Log {
  /** Rises when there is something to draw. */
  readonly version = signal(0);
  /** Lines that were too many for the page. */
  dropped = 0;
  lines = 0;
  counts = new Counts();
  rows = new Rows(rowHeight);
  /** Why the pattern is none. */
  patternError: string | null = null;

  #kept: Kept[] = [];
  #nextId = 1;
  #characters = 0;
  #filter: Filter = everything;
  #matches = matcherOf('', false).matches;
  #collapse = true;
  #seen = new Map<string, { seq: number; generation: number }>();
  #again: { counts: Counts; rows: Rows; next: number } | null = null; // a look at all lines that is under way
  #told = false;

  get filter(): Filter {
    return this.#filter;
  }

  get collapse(): boolean {
    return this.#collapse;
  }

  /** Whether what is shown is not what the filter says yet. */
  get isLooking(): boolean {
    return this.#again !== null;
  }

  add(entries: readonly LogEntry[]): void {
    for (const entry of entries) {
      this.#addEntry(entry);
    }

    this.#keepBounds();
    this.#tell();
  }

  /** From here on the numbers of lines begin anew. */
  beginAnew(why: string): void {
    this.#seen.clear();
    this.#mark('', why, 'gap');
    this.#tell();
  }

  /** Empties the page; the dev host keeps its lines. */
  clear(): void {
    this.#kept = [];
    this.#characters = this.lines = this.dropped = 0;
    this.#lookAgain();
  }

  show(filter: Filter, collapse: boolean): void {
    this.#filter = filter;
    this.#collapse = collapse;
    const { matches, error } = matcherOf(filter.text, filter.isPattern);
    this.#matches = matches;
    this.patternError = error;
    this.#lookAgain();
  }

  /** The lines that are shown, to be copied or saved. */
  *shown(): Generator<Line> {
    for (const kept of this.#kept) {
      if (kept.kind === 'line' && shows(this.#filter, kept)) {
        yield kept;
      }
    }
  }

  #addEntry(entry: LogEntry): void {
    const seen = this.#seen.get(entry.pluginID);
    if (seen !== undefined && entry.seq <= seen.seq) {
      return;
    }

    const missing = entry.seq - (seen?.seq ?? 0) - 1;
    if (missing > 0) {
      this.#mark(entry.pluginID, `${missing.toLocaleString('en')} ${missing === 1 ? 'line is' : 'lines are'} missing${seen === undefined ? ' before this: the dev host keeps the last 5,000' : ' here'}`, 'gap');
    }

    if (entry.generation > (seen?.generation ?? entry.generation)) {
      this.#mark(entry.pluginID, `Generation ${entry.generation}`, 'generation');
    }

    this.#seen.set(entry.pluginID, { seq: entry.seq, generation: entry.generation });
    const line = lineOf(entry, this.#nextId++);
    this.#characters += line.text.length + (line.raw?.length ?? 0);
    this.lines++;
    this.#keep(line);
  }

  #mark(plugin: string, text: string, tone: Mark['tone']): void {
    this.#keep({ kind: 'mark', id: this.#nextId++, plugin, text, tone });
  }

  #keep(kept: Kept): void {
    this.#kept.push(kept);
    if (this.#again === null) {
      this.#place(kept, this.counts, this.rows);
    }
  }

  #place(kept: Kept, counts: Counts, rows: Rows): void {
    if (kept.kind === 'line') {
      kept.hit = (this.#filter.plugin === null || kept.plugin === this.#filter.plugin) && this.#matches(kept.text);
      if (kept.hit) {
        counts.change(kept, 1);
      }
    }

    if (shows(this.#filter, kept)) {
      rows.add(kept, this.#collapse);
    }
  }

  #keepBounds(): void {
    let drop = 0;
    let characters = this.#characters;
    while (this.#kept.length - drop > mostLines || (characters > mostCharacters && drop < this.#kept.length - 1)) {
      const kept = this.#kept[drop++];
      if (kept?.kind === 'line') {
        characters -= kept.text.length + (kept.raw?.length ?? 0);
        this.lines--;
        this.dropped++;
        if (kept.hit && (this.#again === null || drop <= this.#again.next)) {
          (this.#again?.counts ?? this.counts).change(kept, -1);
        }
      }
    }

    if (drop === 0) {
      return;
    }

    this.#characters = characters;
    this.#kept.splice(0, drop);
    const first = this.#kept[0]?.id ?? this.#nextId;
    this.rows.dropBefore(first);
    if (this.#again !== null) {
      this.#again.next = Math.max(0, this.#again.next - drop);
      this.#again.rows.dropBefore(first);
    }
  }

  /** Looks at all lines with the filter as it is now, a few at a time; what is on the page stays until that is done. */
  #lookAgain(): void {
    const begun = this.#again === null;
    this.#again = { counts: new Counts(), rows: new Rows(rowHeight), next: 0 };
    if (begun) {
      this.#goOn();
    }
  }

  readonly #goOn = (): void => {
    const until = performance.now() + slice;
    for (const again = this.#again; again !== null; ) {
      const kept = this.#kept[again.next];
      if (kept === undefined) {
        this.counts = again.counts;
        this.rows = again.rows;
        this.#again = null;
        this.#tell();
        return;
      }

      this.#place(kept, again.counts, again.rows);
      again.next++;
      if ((again.next & 63) === 0 && performance.now() > until) {
        setTimeout(this.#goOn);
        return;
      }
    }
  };

  /** At most once in a while: drawing costs more than keeping. */
  #tell(): void {
    if (!this.#told) {
      this.#told = true;
      setTimeout(() => {
        this.#told = false;
        this.version.value++;
      }, 50);
    }
  }
}

export const log = new Log();
