import { useLayoutEffect, useRef } from 'preact/hooks';
import type { PluginState } from '../host/types';
import { chosen } from '../page/selection';
import { Status } from '../page/Status';
import { milliseconds } from './BuildChart';
import { type Column, columns, lastReady, listed, order, orderBy, takes, wanted } from './order';
import { inOrder } from './plugins';
import { wordOf } from './state';
import { megabytes, percent } from './usage';

const names: Record<Column, readonly [string, string]> = {
  name: ['Plugin', 'Name of the plugin'],
  state: ['State', 'State'],
  generation: ['Gen', 'Generation'],
  ready: ['Ready in', 'From the last save to ready'],
  cpu: ['CPU', 'Processor, UI included'],
  memory: ['Memory', 'Memory, UI included'],
};

/** Many plugins, one row each. One stop of the tab key; the arrows go from row to row. */
export function PluginTable() {
  const rows = listed.value;
  const stop = rows.some((plugin) => plugin.pluginID === chosen.value) ? chosen.value : rows[0]?.pluginID;
  return (
    <>
      <div class="pick">
        <input
          id="find-plugin"
          type="search"
          placeholder="Find a plugin  ( p )"
          aria-label="Find a plugin by its name or state"
          value={wanted.value}
          spellcheck={false}
          autocomplete="off"
          onInput={(event) => (wanted.value = event.currentTarget.value)}
          onKeyDown={(event) => event.key === 'ArrowDown' && go(event, 0)}
        />
        <button
          type="button"
          class="chip toggle"
          aria-pressed={chosen.value === null}
          title="Show log and problems of all plugins  ( 0 )"
          onClick={() => (chosen.value = null)}
        >
          All {inOrder.value.length}
        </button>
      </div>
      <div class="table">
        <table>
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column} scope="col" class={`col-${column}`} aria-sort={sortOf(column)}>
                  <button type="button" class="plain" title={`${names[column][1]}: sort by it`} onClick={() => orderBy(column)}>
                    {names[column][0]}
                    <span class="arrow" aria-hidden="true">
                      {{ none: '', ascending: '▲', descending: '▼' }[sortOf(column)]}
                    </span>
                  </button>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((plugin, index) => (
              <PluginRow key={plugin.pluginID} plugin={plugin} index={index} isStop={plugin.pluginID === stop} />
            ))}
          </tbody>
        </table>
        {rows.length === 0 && <p class="empty muted">No plugin has “{wanted.value}” in its name or state.</p>}
      </div>
    </>
  );
}

interface RowProperties {
  readonly plugin: PluginState;
  readonly index: number;
  /** The tab key stops at it. */
  readonly isStop: boolean;
}

function PluginRow({ plugin, index, isStop }: RowProperties) {
  const row = useRef<HTMLTableRowElement>(null);
  const isChosen = chosen.value === plugin.pluginID;
  const { status, word } = wordOf(plugin);
  const ready = lastReady(plugin.pluginID);
  const usage = takes(plugin.pluginID);
  const choose = () => (chosen.value = isChosen ? null : plugin.pluginID);
  useLayoutEffect(() => {
    if (isChosen) {
      row.current!.scrollIntoView({ block: 'nearest' });
    }
  }, [isChosen]);
  return (
    <tr ref={row} class={isChosen ? 'chosen' : ''} data-row-of={plugin.pluginID} onClick={choose}>
      <th scope="row">
        <button
          type="button"
          class="plain"
          aria-pressed={isChosen}
          tabIndex={isStop ? 0 : -1}
          title={plugin.mode === 'external' ? `${plugin.pluginID}, started by someone else` : plugin.pluginID}
          onClick={(event) => {
            event.stopPropagation();
            choose();
          }}
          onKeyDown={(event) => {
            const to = { ArrowDown: index + 1, ArrowUp: index - 1, Home: 0, End: listed.peek().length - 1 }[event.key];
            if (to !== undefined) {
              go(event, to);
            }
          }}
        >
          {plugin.pluginID}
        </button>
      </th>
      <td class="col-state">
        <Status status={status} label={plugin.mode === 'external' && status === 'ready' ? 'external' : word} />
      </td>
      <td>{plugin.generation > 0 ? plugin.generation : '–'}</td>
      <td>{ready === null ? '–' : milliseconds(ready)}</td>
      <td>{usage === null ? '–' : percent(usage.cpu)}</td>
      <td>{usage === null ? '–' : megabytes(usage.memory)}</td>
    </tr>
  );
}

function sortOf(column: Column): 'none' | 'ascending' | 'descending' {
  return order.value.by !== column ? 'none' : order.value.descending ? 'descending' : 'ascending';
}

function go(event: KeyboardEvent, to: number): void {
  event.preventDefault();
  document.querySelectorAll<HTMLElement>('[data-row-of] button')[to]?.focus();
}
