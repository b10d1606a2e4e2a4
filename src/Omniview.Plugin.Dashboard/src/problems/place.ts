import { host } from '../host/api';
import { say } from '../page/announce';
import { toast } from '../page/toast';

/** Asks the dev host to show a place in the user's editor. */
export async function openInEditor(plugin: string, file: string, line: number, column: number): Promise<void> {
  try {
    await host.open(plugin, file, line, column);
    say(`Opened ${file} in the editor`);
  } catch (error) {
    toast(error instanceof Error ? error.message : String(error));
  }
}

/** A file as the author of a plugin calls it. */
export function relative(file: string, folder: string): string {
  return folder !== '' && (file.startsWith(`${folder}/`) || file.startsWith(`${folder}\\`)) ? file.slice(folder.length + 1) : file;
}
