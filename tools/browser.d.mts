export const quietFlags: string[];
export function systemChromium(): string | undefined;
export function ensureChromium(): boolean;
export function testChromium(exists?: (file: string) => boolean): string | undefined;
export function installWindowless(
  ask?: (command: string, args: string[], options?: object) => { status: number | null; stdout?: unknown },
): void;
