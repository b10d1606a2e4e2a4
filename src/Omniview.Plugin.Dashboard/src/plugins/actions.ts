import { signal } from '@preact/signals';
import { host } from '../host/api';
import { say } from '../page/announce';

export type Verb = 'start' | 'stop' | 'restart' | 'rebuild';

/** What was asked for and is not done yet, or failed. */
export interface Action {
  readonly verb: Verb;
  /** Why it failed; null while it goes on. */
  readonly failure: string | null;
}

export const actions = signal<ReadonlyMap<string, Action>>(new Map());

export async function act(plugin: string, verb: Verb): Promise<void> {
  if (actions.peek().get(plugin)?.failure === null) {
    return;
  }

  set(plugin, { verb, failure: null });
  try {
    await host[verb](plugin);
    set(plugin, null);
  } catch (error) {
    const failure = error instanceof TypeError ? 'The dev host can’t be reached.' : error instanceof Error ? error.message : String(error);
    set(plugin, { verb, failure });
    say(`${verb} of ${plugin} failed: ${failure}`);
  }
}

export function dismiss(plugin: string): void {
  set(plugin, null);
}

function set(plugin: string, action: Action | null): void {
  const now = new Map(actions.peek());
  if (action === null) {
    now.delete(plugin);
  } else {
    now.set(plugin, action);
  }

  actions.value = now;
}
