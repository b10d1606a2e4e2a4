import { useLayoutEffect, useRef } from 'preact/hooks';
import type { PluginState } from '../host/types';
import { phase } from '../connection/connection';
import { chosen } from '../page/selection';
import { Status } from '../page/Status';
import { act, actions, dismiss, type Verb } from './actions';
import { BuildChart } from './BuildChart';
import { builds } from './builds';
import { isMany } from './order';
import { Phases } from './Phases';
import { wordOf } from './state';
import { Troubles } from './Troubles';
import { megabytes, percent, usage } from './usage';

const buttons: readonly { readonly verb: Verb; readonly label: string; readonly busy: string; readonly when: (plugin: PluginState) => boolean }[] = [
  { verb: 'rebuild', label: 'Rebuild', busy: 'Rebuilding …', when: (plugin) => plugin.mode === 'managed' && plugin.goStatus !== 'idle' },
  { verb: 'restart', label: 'Restart', busy: 'Restarting …', when: (plugin) => plugin.mode === 'managed' },
  { verb: 'stop', label: 'Stop', busy: 'Stopping …', when: (plugin) => plugin.mode === 'managed' },
  { verb: 'start', label: 'Start', busy: 'Starting …', when: (plugin) => plugin.mode === 'idle' },
];

/** All there is to know of one plugin, and what can be asked of it. */
export function PluginCard({ plugin }: { readonly plugin: PluginState }) {
  const records = builds.value.get(plugin.pluginID) ?? [];
  const last = records.findLast((record) => record.result !== 'stopped');
  const isChosen = chosen.value === plugin.pluginID;
  const headingId = `plugin-${plugin.pluginID}`;
  const { status, word } = wordOf(plugin);
  const card = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    if (isChosen && !isMany.peek()) {
      card.current!.scrollIntoView({ block: 'nearest' });
    }
  }, [isChosen]);
  return (
    <article ref={card} class={`card is-${plugin.status}${isChosen ? ' chosen' : ''}`} aria-labelledby={headingId} data-plugin={plugin.pluginID}>
      <header>
        <h2 id={headingId}>
          <button type="button" class="plain" aria-pressed={isChosen} title={isChosen ? 'Show all plugins' : 'Show only this plugin'} onClick={() => (chosen.value = isChosen ? null : plugin.pluginID)}>
            {plugin.pluginID}
          </button>
        </h2>
        {plugin.mode === 'external' && <span class="tag">external</span>}
        <Status status={status} label={word} />
      </header>
      <div class="how">
        {plugin.devPath !== '' && (
          <p class="path muted" title={plugin.devPath}>
            <bdi>{plugin.devPath}</bdi>
          </p>
        )}
        <Troubles plugin={plugin} />
        <Facts plugin={plugin} />
      </div>
      <div class="speed">
        {last !== undefined && plugin.mode === 'managed' && <Phases record={last} />}
        <BuildChart records={records} />
      </div>
      <Buttons plugin={plugin} />
    </article>
  );
}

function Facts({ plugin }: { readonly plugin: PluginState }) {
  const takes = (source: string) => usage.value.get(plugin.pluginID)?.find((part) => part.source === source)?.usage;
  const backend = takes('plugin');
  const vite = takes('vite');
  return (
    <dl class="facts">
      {plugin.goStatus !== 'idle' && (
        <div>
          <dt>Backend</dt>
          <dd>
            <Status status={plugin.goStatus} />
            {plugin.generation > 0 && <span data-fact="generation">generation {plugin.generation}</span>}
            {plugin.pluginPid > 0 && <span>PID {plugin.pluginPid}</span>}
            {plugin.pluginPid > 0 && <span>gRPC {plugin.pluginHealth || (plugin.grpcConnected ? 'answers' : 'silent')}</span>}
            {backend && backend.pid > 0 && plugin.pluginPid > 0 && <Takes of={backend} />}
          </dd>
        </div>
      )}
      {plugin.viteStatus !== 'idle' && (
        <div>
          <dt>UI</dt>
          <dd>
            <Status status={plugin.viteStatus} />
            {plugin.viteURL !== '' ? (
              <a href={plugin.viteURL} target="_blank" rel="noopener noreferrer">
                127.0.0.1:{plugin.vitePort}
              </a>
            ) : (
              plugin.vitePort > 0 && <span>port {plugin.vitePort}</span>
            )}
            {vite && vite.pid > 0 && plugin.viteURL !== '' && <span>PID {vite.pid}</span>}
            {vite && vite.pid > 0 && plugin.viteURL !== '' && <Takes of={vite} />}
          </dd>
        </div>
      )}
    </dl>
  );
}

function Takes({ of }: { readonly of: { readonly cpuPercent: number; readonly residentBytes: number } }) {
  return (
    <span>
      {percent(of.cpuPercent)} CPU, {megabytes(of.residentBytes)}
    </span>
  );
}

function Buttons({ plugin }: { readonly plugin: PluginState }) {
  const action = actions.value.get(plugin.pluginID);
  const isBusy = action?.failure === null;
  return (
    <footer>
      {plugin.mode === 'external' ? (
        <p class="muted">Started by someone else (PID {plugin.pluginPid}); this host only watches it.</p>
      ) : (
        <div class="buttons">
          {buttons
            .filter((button) => button.when(plugin))
            .map((button) => (
              <button key={button.verb} type="button" aria-disabled={isBusy || phase.value !== 'live'} aria-busy={isBusy && action.verb === button.verb} onClick={() => phase.peek() === 'live' && void act(plugin.pluginID, button.verb)}>
                {isBusy && action.verb === button.verb ? button.busy : button.label}
              </button>
            ))}
        </div>
      )}
      {action?.failure != null && (
        <p class="failure" role="alert">
          <span>
            <strong>{action.verb} failed.</strong> {action.failure}
          </span>
          <button type="button" class="plain" aria-label="Dismiss" onClick={() => dismiss(plugin.pluginID)}>
            ✕
          </button>
        </p>
      )}
    </footer>
  );
}
