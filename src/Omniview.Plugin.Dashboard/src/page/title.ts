import { computed, effect } from '@preact/signals';
import { phase } from '../connection/connection';
import { inOrder } from '../plugins/plugins';
import { errors } from '../problems/problems';

/** One word for all plugins: the worst counts. */
export const overall = computed(() => {
  const all = inOrder.value.map((plugin) => plugin.status);
  return phase.value !== 'live' ? 'connecting' : errors.value > 0 || all.includes('error') ? 'error' : (['building', 'connecting', 'ready', 'stopped'] as const).find((status) => all.includes(status)) ?? 'stopped';
});

/** The tab tells how things are when another is in front of it. */
export function keepTitle(): void {
  effect(() => {
    const names = inOrder.value.map((plugin) => plugin.pluginID);
    const who = names.length === 1 ? names[0] : `${names.length} plugins`;
    const stale = inOrder.value.some((plugin) => plugin.stale);
    const how = phase.value !== 'live' ? (phase.value === 'connecting' ? '…' : '⚠ disconnected') : errors.value > 0 ? `✕ ${errors.value} ${errors.value === 1 ? 'error' : 'errors'}${stale ? ', stale' : ''}` : { error: '✕ error', building: '… building', connecting: '… connecting', stopped: '■ stopped', ready: '✓ ready' }[overall.value];
    document.title = `${how} · ${who} · Omniview dev host`;
    document.querySelector<HTMLLinkElement>('link[rel=icon]')!.href = `/icons/${overall.value}.svg`;
  });
}
