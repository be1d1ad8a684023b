export const quietFlags: string[];
export function systemChromium(): string | undefined;
export function ensureChromium(): boolean;
