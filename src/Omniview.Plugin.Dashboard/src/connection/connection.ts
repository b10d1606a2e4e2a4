import { signal } from '@preact/signals';
import type { HostEvent } from '../host/events';
import { host } from '../host/api';
import type { HostSnapshot, LogEntry, PluginProblems, PluginState } from '../host/types';
import { log } from '../logs/log';
import { takeProblems } from '../problems/problems';
import { takePlugin, takePlugins } from '../plugins/plugins';
import { follow } from './follow';

export type Phase = 'connecting' | 'live' | 'lost' | 'ended' | 'loggedOut';

/** How the connection to the dev host is. */
export const phase = signal<Phase>('connecting');

/** Fruitless tries since it was last there. */
export const tries = signal(0);

let identity = ''; // of the host whose log lines are counted
let catchingUp = 0; // how often at the moment
let waiting: LogEntry[] = []; // lines that came while earlier ones are fetched

/** Connects, and keeps everything on the page as the host has it. */
export function connect(): () => void {
  return follow({
    connected: () => {
      tries.value = 0;
      phase.value = 'live';
    },
    happened: take,
    lost: (ended) => {
      tries.value++;
      phase.value = ended || (phase.peek() === 'ended' && tries.peek() < 50) ? 'ended' : 'lost';
    },
    loggedOut: () => {
      phase.value = 'loggedOut';
    },
  });
}

function take(event: HostEvent): void {
  switch (event.type) {
    case 'snapshot': {
      const snapshot = JSON.parse(event.data) as HostSnapshot;
      takePlugins(snapshot.plugins);
      takeProblems(snapshot.errors, true);
      void catchUp(snapshot.plugins);
      break;
    }

    case 'plugin/devserver/status':
      takePlugin(JSON.parse(event.data) as PluginState);
      break;
    case 'plugin/devserver/log': {
      const entries = JSON.parse(event.data) as LogEntry[];
      if (catchingUp === 0) {
        log.add(entries);
      } else {
        waiting.push(...entries);
      }

      break;
    }

    case 'plugin/devserver/error':
      takeProblems([JSON.parse(event.data) as PluginProblems], false);
      break;
  }
}

/** Fetches the lines that were logged before the snapshot, or missed; what is lost of them the log can tell by their numbers. */
async function catchUp(plugins: readonly PluginState[]): Promise<void> {
  catchingUp++;
  try {
    const managed = plugins.filter((plugin) => plugin.mode === 'managed');
    const [version, ...logs] = await Promise.all([host.version(), ...managed.map((plugin) => host.logs(plugin.pluginID))]);
    const now = version === null ? identity : `${version.pid} ${version.startTicks}`;
    if (identity !== '' && identity !== now) {
      log.beginAnew('The dev host was restarted');
    }

    identity = now;
    log.add(logs.flatMap((entries) => entries ?? []).sort((a, b) => (a.timestamp < b.timestamp ? -1 : a.timestamp > b.timestamp ? 1 : 0)));
  } catch {
    // The connection has broken again: the next one begins with a snapshot, too.
  } finally {
    if (--catchingUp === 0) {
      log.add(waiting);
      waiting = [];
    }
  }
}
