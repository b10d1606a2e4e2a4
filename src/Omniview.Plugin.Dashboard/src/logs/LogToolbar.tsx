import type { Signal } from '@preact/signals';
import { copy, save } from '../page/copy';
import { chosen, collapses, hiddenLevels, hiddenSources, isPattern, searched, showsTime, toggled, wraps } from '../page/selection';
import { say } from '../page/announce';
import { follows } from './follow';
import { knownSources, levels } from './line';
import { log, mostLines } from './log';

/** What of the log is shown, and what can be done with that. */
export function LogToolbar() {
  void log.version.value;
  const { counts, filter } = log;
  const sources = [...new Set([...knownSources, ...counts.sources])].filter((source) => knownSources.indexOf(source) >= 0 || counts.sources.includes(source));
  return (
    <div class="toolbar" role="toolbar" aria-label="Log">
      <div class="find">
        <h2 id="log-heading">Log of {chosen.value ?? 'all plugins'}</h2>
        <input
          id="filter"
          type="search"
          placeholder={isPattern.value ? 'Filter by pattern  ( / )' : 'Filter  ( / )'}
          aria-label={isPattern.value ? 'Filter the log by a regular expression' : 'Filter the log by a text'}
          aria-invalid={log.patternError !== null}
          aria-describedby="matches"
          value={searched.value}
          spellcheck={false}
          autocomplete="off"
          onInput={(event) => (searched.value = event.currentTarget.value)}
        />
        <Toggle of={isPattern} label=".*" name="Regular expression" />
        <Matches />
      </div>
      <div class="chips" role="group" aria-label="Sources">
        {sources.map((source) => (
          <Chip key={source} label={source} name={`of-${source}`} count={counts.ofSource(source, filter)} on={!hiddenSources.value.has(source)} toggle={() => (hiddenSources.value = toggled(hiddenSources.value, source))} />
        ))}
      </div>
      <div class="chips" role="group" aria-label="Levels">
        {levels.map((level) => (
          <Chip key={level} label={level} name={`is-${level}`} count={counts.ofLevel(level, filter)} on={!hiddenLevels.value.has(level)} toggle={() => (hiddenLevels.value = toggled(hiddenLevels.value, level))} />
        ))}
      </div>
      <div class="chips" role="group" aria-label="View">
        <Toggle of={follows} label="Follow" name="Follow the newest line" />
        <Toggle of={wraps} label="Wrap" name="Wrap long lines" />
        <Toggle of={showsTime} label="Time" name="Time of each line" />
        <Toggle of={collapses} label="Collapse" name="Collapse repeated lines" />
      </div>
      <div class="chips" role="group" aria-label="Lines">
        <button type="button" class="small" onClick={() => void copy(text(false), 'What is shown of the log')}>
          Copy
        </button>
        <button type="button" class="small" onClick={() => save(text(true), `${chosen.peek() ?? 'omniview'}.log`)}>
          Download
        </button>
        <button type="button" class="small" onClick={clear}>
          Clear
        </button>
      </div>
    </div>
  );
}

export function clear(): void {
  log.clear();
  say('The log on this page is empty');
}

function text(whole: boolean): string {
  const lines: string[] = [];
  for (const line of log.shown()) {
    lines.push(whole ? `${line.timestamp} ${line.plugin} [${line.source}] ${line.level}: ${line.text}` : line.text);
  }

  return lines.join('\n') + (lines.length > 0 ? '\n' : '');
}

function Matches() {
  const count = log.counts.shown(log.filter);
  return (
    <span id="matches" class="matches">
      {log.patternError === null ? `${count.toLocaleString('en')} of ${log.lines.toLocaleString('en')} lines` : `No pattern: ${log.patternError}`}
      {log.dropped > 0 && (
        <span title={`This page keeps the last ${mostLines.toLocaleString('en')} lines`}>
          , <span data-dropped>{log.dropped.toLocaleString('en')}</span> older dropped
        </span>
      )}
    </span>
  );
}

function Chip({ label, name, count, on, toggle }: { readonly label: string; readonly name: string; readonly count: number; readonly on: boolean; readonly toggle: () => void }) {
  return (
    <button type="button" class={`chip ${name}`} aria-pressed={on} data-chip={label} onClick={toggle}>
      {label} <span class="count">{count.toLocaleString('en')}</span>
    </button>
  );
}

function Toggle({ of, label, name }: { readonly of: Signal<boolean>; readonly label: string; readonly name: string }) {
  return (
    <button type="button" class="chip toggle" aria-pressed={of.value} aria-label={name} title={name} onClick={() => (of.value = !of.value)}>
      {label}
    </button>
  );
}
