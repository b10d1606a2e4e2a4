import type { LogEntry } from '../host/types';
import { lastWritten, withoutControls } from './ansi';

/** A line of the log as the page keeps it. */
export interface Line {
  readonly kind: 'line';
  /** Rises by one with everything that is kept. */
  readonly id: number;
  readonly plugin: string;
  readonly source: string;
  readonly level: Level;
  readonly timestamp: string;
  readonly generation: number;
  /** What is read, searched and copied. */
  readonly text: string;
  /** With colours and links; null when it has none. */
  readonly raw: string | null;
  /** Whether it is of the chosen plugin and has what is searched for; sources and levels are counted apart. */
  hit: boolean;
}

/** Something to know between two lines: a new generation, or that lines are missing. */
export interface Mark {
  readonly kind: 'mark';
  readonly id: number;
  /** Empty when it is about all. */
  readonly plugin: string;
  readonly text: string;
  readonly tone: 'generation' | 'gap';
}

export type Kept = Line | Mark;

export const levels = ['error', 'warn', 'info', 'debug'] as const;
export type Level = (typeof levels)[number];

/** The order in which sources are offered; others come after. */
export const knownSources: readonly string[] = ['plugin', 'go-build', 'go-watch', 'vite', 'manager'];

export function lineOf(entry: LogEntry, id: number): Line {
  const written = lastWritten(entry.message);
  const text = withoutControls(written);
  const level = (levels as readonly string[]).includes(entry.level) ? (entry.level as Level) : 'info';
  return { kind: 'line', id, plugin: entry.pluginID, source: entry.source, level, timestamp: entry.timestamp, generation: entry.generation, text, raw: text === written ? null : written, hit: false };
}
