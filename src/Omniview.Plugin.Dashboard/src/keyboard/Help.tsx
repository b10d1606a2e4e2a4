import { useLayoutEffect, useRef } from 'preact/hooks';
import { helps, shortcuts } from './shortcuts';

export function Help() {
  const dialog = useRef<HTMLDialogElement>(null);
  const open = helps.value;
  useLayoutEffect(() => {
    if (open && !dialog.current!.open) {
      dialog.current!.showModal();
    }
  }, [open]);
  return (
    <dialog ref={dialog} aria-labelledby="help-heading" onClose={() => (helps.value = false)}>
      <h2 id="help-heading">Keys</h2>
      <dl>
        {shortcuts.map((shortcut) => (
          <div key={shortcut.shown}>
            <dt>
              <kbd>{shortcut.shown}</kbd>
            </dt>
            <dd>{shortcut.does}</dd>
          </div>
        ))}
      </dl>
      <button type="button" onClick={() => dialog.current!.close()}>
        Close
      </button>
    </dialog>
  );
}
