import { phase } from '../connection/connection';
import { Banner, Door } from '../connection/Banner';
import { Help } from '../keyboard/Help';
import { helps } from '../keyboard/shortcuts';
import { LogPanel } from '../logs/LogPanel';
import { PluginCard } from '../plugins/PluginCard';
import { isMany } from '../plugins/order';
import { inOrder, plugins } from '../plugins/plugins';
import { PluginTable } from '../plugins/PluginTable';
import { errors } from '../problems/problems';
import { ProblemPanel } from '../problems/ProblemPanel';
import { Announcer } from './announce';
import { chosen } from './selection';
import { Glyph } from './Status';
import { overall } from './title';
import { Toast } from './toast';

const words: Record<string, string> = { connecting: 'Connecting', live: 'Live', lost: 'Reconnecting', ended: 'Host ended', loggedOut: 'Not let in' };

export function App({ retry }: { readonly retry: () => void }) {
  return (
    <div class={`page is-${phase.value}${isMany.value ? ' has-many' : ''}`}>
      <header class="top">
        <Glyph status={overall.value} />
        <h1>Omniview dev host</h1>
        <span class="summary muted">
          {inOrder.value.length} {inOrder.value.length === 1 ? 'plugin' : 'plugins'}
          {errors.value > 0 && (
            <strong>
              , {errors.value} {errors.value === 1 ? 'error' : 'errors'}
            </strong>
          )}
        </span>
        <span class="space" />
        <span class={`connection is-${phase.value}`} data-connection={phase.value}>
          {words[phase.value]}
        </span>
        <button type="button" class="small" onClick={() => (helps.value = true)}>
          Keys <kbd>?</kbd>
        </button>
      </header>
      <Banner retry={retry} />
      {phase.value === 'loggedOut' && plugins.value.size === 0 ? <Door /> : <Overview />}
      <Toast />
      <Announcer />
      <Help />
    </div>
  );
}

function Overview() {
  const details = chosen.value === null ? undefined : plugins.value.get(chosen.value);
  return (
    <main>
      <section class="plugins" aria-label="Plugins">
        {isMany.value ? <PluginTable /> : inOrder.value.map((plugin) => <PluginCard key={plugin.pluginID} plugin={plugin} />)}
        {inOrder.value.length === 0 && phase.value === 'live' && (
          <p class="empty muted">
            No plugin is served. Run <code>dotnet run</code> in a plugin’s folder.
          </p>
        )}
      </section>
      <div class="work">
        {isMany.value && details !== undefined && <PluginCard plugin={details} />}
        <ProblemPanel />
        <LogPanel />
      </div>
    </main>
  );
}
