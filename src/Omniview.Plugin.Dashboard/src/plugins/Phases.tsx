import type { BuildRecord } from '../host/types';
import { milliseconds } from './BuildChart';

const names: readonly (readonly [string, string])[] = [
  ['detectMs', 'notice'],
  ['settleMs', 'settle'],
  ['buildMs', 'build'],
  ['transferMs', 'install'],
  ['startMs', 'start'],
  ['handshakeMs', 'handshake'],
  ['healthMs', 'health'],
];

const words: Record<BuildRecord['result'], string> = { ready: 'ready', unchanged: 'unchanged', failed: 'failed', superseded: 'superseded by a newer save', stopped: 'stopped' };

/** The last turn, and where its time went. */
export function Phases({ record }: { readonly record: BuildRecord }) {
  const parts = names.flatMap(([key, name], index) => {
    const time = record.phases[key];
    return time === null || time === undefined || time < 0.5 ? [] : [{ name, time, index }];
  });
  const all = parts.reduce((sum, part) => sum + part.time, 0) || 1;
  let from = 0;
  return (
    <div class="phases">
      <p>
        <span class="muted">Last build</span> <strong>{milliseconds(record.totalMs)}</strong> <span>{words[record.result]}</span>
      </p>
      <svg viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
        {parts.map((part) => {
          const x = (from / all) * 100;
          from += part.time;
          return <rect key={part.name} class={`phase-${part.index}`} x={x} y="0" width={Math.max(0.4, (part.time / all) * 100 - 0.4)} height="6" />;
        })}
      </svg>
      <ul>
        {parts.map((part) => (
          <li key={part.name}>
            <i class={`phase-${part.index}`} aria-hidden="true" />
            {part.name} <span>{milliseconds(part.time)}</span>
            {part.name === 'build' && record.phases.linkMs ? <span class="muted"> ({milliseconds(record.phases.linkMs)} of it to link)</span> : null}
          </li>
        ))}
      </ul>
    </div>
  );
}
