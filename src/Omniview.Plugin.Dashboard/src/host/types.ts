// What the dev host's API answers; docs/openapi.json describes all of it.

export interface PluginState {
  readonly pluginID: string;
  readonly mode: 'idle' | 'managed' | 'external';
  readonly devPath: string;
  readonly vitePort: number;
  readonly viteURL: string;
  readonly viteStatus: PartStatus;
  readonly goStatus: PartStatus;
  /** Nanoseconds. */
  readonly lastBuildDuration: number;
  readonly lastBuildTime: string;
  readonly lastError: string;
  readonly grpcConnected: boolean;
  readonly generation: number;
  readonly stale: boolean;
  /** Half a sentence, such as "build failed"; empty unless stale. */
  readonly staleReason: string;
  readonly pluginPid: number;
  readonly seq: number;
  readonly logLinesDropped: number;
  readonly pluginHealth: string;
  /** What is wrong with the UI, behind its place; empty when nothing is. */
  readonly viteError: string;
  readonly status: PluginStatus;
}

export type PartStatus = 'idle' | 'starting' | 'building' | 'running' | 'ready' | 'error' | 'stopped';
export type PluginStatus = 'error' | 'building' | 'stopped' | 'connecting' | 'ready';

export interface LogEntry {
  readonly timestamp: string;
  readonly source: string;
  readonly level: string;
  readonly message: string;
  readonly pluginID: string;
  /** One more with every line of the plugin. */
  readonly seq: number;
  readonly generation: number;
}

export interface Problem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly message: string;
  readonly code: string;
  readonly severity: 'error' | 'warning' | 'message';
  readonly helpLink: string;
  readonly related: readonly Related[] | null;
  readonly frame: CodeFrame | null;
}

export interface Related {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

export interface CodeFrame {
  readonly firstLine: number;
  readonly lines: readonly string[];
}

export interface PluginProblems {
  readonly pluginID: string;
  readonly errors: readonly Problem[];
}

export interface HostSnapshot {
  readonly plugins: readonly PluginState[];
  readonly errors: readonly PluginProblems[];
}

export interface BuildRecord {
  readonly number: number;
  readonly startedAt: string;
  readonly result: 'ready' | 'unchanged' | 'failed' | 'superseded' | 'stopped';
  readonly generation: number;
  readonly phases: Readonly<Record<string, number | null>>;
  readonly totalMs: number;
  readonly error: string;
}

export interface PartUsage {
  readonly source: 'vite' | 'plugin';
  readonly usage: { readonly pid: number; readonly state: string; readonly cpuPercent: number; readonly residentBytes: number };
}

export interface HostVersion {
  readonly version: string;
  readonly pid: number;
  readonly startTicks: number;
}
