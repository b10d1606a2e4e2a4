import type { PartStatus, PluginStatus } from '../host/types';

const shapes: Record<string, string> = {
  ready: 'M3.5 8.5l3 3 6-7',
  running: 'M3.5 8.5l3 3 6-7',
  building: 'M8 4.5v4l2.5 1.5',
  starting: 'M8 4.5v4l2.5 1.5',
  error: 'M4.5 4.5l7 7M11.5 4.5l-7 7',
  stopped: 'M5.5 5.5h5v5h-5z',
  connecting: 'M4.5 8h7',
  idle: 'M4.5 8h7',
};

/** A word for how something is, with a shape and a colour of its own. */
export function Status({ status, label }: { readonly status: PartStatus | PluginStatus; readonly label?: string }) {
  return (
    <span class={`status is-${status}`}>
      <Glyph status={status} />
      {label ?? status}
    </span>
  );
}

export function Glyph({ status }: { readonly status: string }) {
  return (
    <svg class={`glyph is-${status}`} viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
      <circle cx="8" cy="8" r="7.5" />
      <path d={shapes[status] ?? shapes['idle']} />
    </svg>
  );
}
