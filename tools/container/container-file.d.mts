export type Step =
  | { kind: 'run'; command: string }
  | { kind: 'workdir'; folder: string }
  | { kind: 'env'; values: Record<string, string> }
  | { kind: 'copy'; stage: string | null; from: string[]; to: string }
  | { kind: 'entrypoint'; words: string[] }
  | { kind: 'cmd'; words: string[] };
export interface Stage {
  from: string;
  name: string | null;
  steps: Step[];
}
export class ContainerFileError extends Error {}
export function parseContainerFile(text: string): Stage[];
export function parseIgnored(text: string): string[];
export function scriptIn(manifest: string): string;
