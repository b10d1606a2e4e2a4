/** One server-sent event. */
export interface HostEvent {
  readonly type: string;
  /** Empty when it has none. */
  readonly id: string;
  readonly data: string;
}

/** Takes a stream of server-sent events apart, however it is cut into pieces. The dev host ends lines with a line feed. */
export class EventParser {
  #rest = '';

  push(text: string): HostEvent[] {
    const blocks = (this.#rest + text).split('\n\n');
    this.#rest = blocks.pop() ?? '';
    return blocks.map(parse).filter((event) => event !== null);
  }
}

function parse(block: string): HostEvent | null {
  let type = 'message';
  let id = '';
  let data: string | null = null;
  for (const line of block.split('\n')) {
    const colon = line.indexOf(':');
    const value = line.slice(colon + 1).replace(/^ /, '');
    switch (line.slice(0, Math.max(0, colon))) {
      case 'event':
        type = value;
        break;
      case 'id':
        id = value;
        break;
      case 'data':
        data = data === null ? value : `${data}\n${value}`;
        break;
    }
  }

  return data === null ? null : { type, id, data };
}
