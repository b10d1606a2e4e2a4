import type { BuildRecord } from '../host/types';

const width = 300;
const height = 44;
const most = 50;

/** How long the last turns took from save to ready, one bar each; a turn that failed is an outline with a cross. */
export function BuildChart({ records }: { readonly records: readonly BuildRecord[] }) {
  const shown = records.filter((record) => record.result === 'ready' || record.result === 'failed').slice(-most);
  const ready = shown.filter((record) => record.result === 'ready').map((record) => record.totalMs);
  if (shown.length === 0) {
    return null;
  }

  const longest = Math.max(...shown.map((record) => record.totalMs), 1);
  const step = width / most;
  const median = [...ready].sort((a, b) => a - b)[Math.floor(ready.length / 2)];
  const last = ready.at(-1);
  const summary = last === undefined || median === undefined ? `The last ${shown.length} turns failed` : `Save to ready ${milliseconds(last)}, median ${milliseconds(median)}`;
  return (
    <figure class="chart">
      <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={`${summary}. ${shown.length - ready.length} of the last ${shown.length} turns failed.`} preserveAspectRatio="none">
        {shown.map((record, index) => {
          const tall = Math.max(2, (record.totalMs / longest) * (height - 2));
          const x = width - (shown.length - index) * step;
          return (
            <g key={record.number} class={record.result}>
              <title>{`${record.result === 'ready' ? `Generation ${record.generation}` : 'Failed'}: ${milliseconds(record.totalMs)}`}</title>
              <rect x={x + 0.75} y={height - tall} width={step - 1.5} height={tall} />
              {record.result === 'failed' && <path d={`M${x + 1} ${height - tall - 1}l${step - 2} ${step - 2}m0 ${2 - step}l${2 - step} ${step - 2}`} />}
            </g>
          );
        })}
      </svg>
      <figcaption>
        {summary} <span>last {shown.length}</span>
      </figcaption>
    </figure>
  );
}

export function milliseconds(time: number): string {
  return time < 1000 ? `${Math.round(time)} ms` : time < 59_950 ? `${(time / 1000).toFixed(time < 10_000 ? 2 : 1)} s` : `${Math.floor(Math.round(time / 1000) / 60)} min ${Math.round(time / 1000) % 60} s`;
}
