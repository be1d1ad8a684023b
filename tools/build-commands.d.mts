export function buildCommands(folder: string): Promise<unknown>;
