import { LogList } from './LogList';
import { LogToolbar } from './LogToolbar';
import { chosen } from '../page/selection';

export function LogPanel() {
  return (
    <section class="logs" aria-labelledby="log-heading">
      <h2 id="log-heading" class="unseen">
        Log of {chosen.value ?? 'all plugins'}
      </h2>
      <LogToolbar />
      <LogList />
    </section>
  );
}
