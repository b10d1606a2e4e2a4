import { signal } from '@preact/signals';
import { phase } from '../connection/connection';
import { follows } from '../logs/follow';
import { clear } from '../logs/LogToolbar';
import { act } from '../plugins/actions';
import { listed, wanted } from '../plugins/order';
import { inOrder } from '../plugins/plugins';
import { say } from '../page/announce';
import { chosen, collapses, searched, showsTime, wraps } from '../page/selection';

export const helps = signal(false);

interface Shortcut {
  readonly keys: readonly string[];
  readonly shown: string;
  readonly does: string;
  readonly run: (key: string) => void;
}

export const shortcuts: readonly Shortcut[] = [
  { keys: ['/'], shown: '/', does: 'go to the filter; Escape empties it and goes back', run: () => document.querySelector<HTMLInputElement>('#filter')?.focus() },
  { keys: ['f'], shown: 'f', does: 'follow the newest line, or stop following', run: () => (follows.value = !follows.value) },
  { keys: ['e'], shown: 'e', does: 'go to the next problem', run: () => nextProblem(1) },
  { keys: ['E'], shown: 'Shift+e', does: 'go to the problem before', run: () => nextProblem(-1) },
  { keys: ['o'], shown: 'o', does: 'open the problem you are at in the editor', run: openProblem },
  { keys: ['r'], shown: 'r', does: 'rebuild the chosen plugin, or the only one', run: rebuild },
  { keys: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'], shown: '1 … 9, 0', does: 'choose a plugin; 0 chooses all', run: choose },
  { keys: ['p'], shown: 'p', does: 'find a plugin, of more than two; the arrows go from row to row, Enter chooses', run: () => document.querySelector<HTMLInputElement>('#find-plugin')?.focus() },
  { keys: ['w'], shown: 'w', does: 'wrap long lines', run: () => (wraps.value = !wraps.value) },
  { keys: ['t'], shown: 't', does: 'show times', run: () => (showsTime.value = !showsTime.value) },
  { keys: ['x'], shown: 'x', does: 'collapse repeated lines', run: () => (collapses.value = !collapses.value) },
  { keys: ['c'], shown: 'c', does: 'clear the log on this page', run: clear },
  { keys: ['l'], shown: 'l', does: 'go to the log; there Home, End, Page Up and Page Down scroll, and End follows', run: () => document.querySelector<HTMLElement>('.lines')?.focus() },
  { keys: ['?'], shown: '?', does: 'show this', run: () => (helps.value = true) },
];

export function listenToKeys(): void {
  addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) {
      return;
    }

    const target = event.target;
    if (target instanceof HTMLInputElement) {
      if (event.key === 'Escape') {
        const ofPlugins = target.id === 'find-plugin';
        (ofPlugins ? wanted : searched).value = '';
        target.blur();
        document.querySelector<HTMLElement>(ofPlugins ? '[data-row-of] button[tabindex="0"]' : '.lines')?.focus({ preventScroll: true });
      }

      return;
    }

    if (document.querySelector('dialog[open]') !== null) {
      return;
    }

    const shortcut = shortcuts.find((one) => one.keys.includes(event.key));
    if (shortcut !== undefined) {
      event.preventDefault();
      shortcut.run(event.key);
    }
  });
}

function nextProblem(step: 1 | -1): void {
  const all = [...document.querySelectorAll<HTMLElement>('.problem')];
  if (all.length === 0) {
    say('There is no problem');
    return;
  }

  const at = all.findIndex((problem) => problem.contains(document.activeElement));
  all[at < 0 ? (step > 0 ? 0 : all.length - 1) : (at + step + all.length) % all.length]?.focus();
}

function openProblem(): void {
  const problem = [...document.querySelectorAll<HTMLElement>('.problem')].find((one) => one.contains(document.activeElement)) ?? document.querySelector<HTMLElement>('.problem');
  problem?.querySelector<HTMLButtonElement>('[data-open]')?.click();
}

function rebuild(): void {
  const managed = inOrder.peek().filter((plugin) => plugin.mode === 'managed');
  const one = managed.find((plugin) => plugin.pluginID === chosen.peek()) ?? (managed.length === 1 ? managed[0] : undefined);
  if (one === undefined) {
    say('Choose a plugin first, with 1 to 9');
  } else if (phase.peek() === 'live') {
    say(`Rebuilding ${one.pluginID}`);
    void act(one.pluginID, 'rebuild');
  }
}

function choose(key: string): void {
  const plugin = key === '0' ? null : (listed.peek()[Number(key) - 1]?.pluginID ?? chosen.peek());
  chosen.value = plugin;
  say(plugin === null ? 'All plugins' : plugin);
}
